"""The package that scripts import from, as the worker runs it: declarations, homes, effects, and the sanitizer.

Scripts never see these modules: `from composer import …` gives them a namespace of documented names."""
