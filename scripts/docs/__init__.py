"""Documents made from what is there.

`metadata` metadata.yml, of `fields` (what columns mean) and `queries` (files of SQL); `dictionary` the data dictionary
of build/README.md; `editions_schema` the JSON Schema of editions.yml; `tour` the pictures of the README.
"""
