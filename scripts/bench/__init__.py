"""Measures building: sites beside other generators, raw texts, growth. `python -m scripts.bench`"""
