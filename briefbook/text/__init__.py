"""What every room needs of text: sentences, words, languages, Markdown. Imports nothing of ours."""
