"""Judges every YAML file of a folder by a JSON Schema: one line each, "name<TAB>why it is invalid, or nothing"."""

import json
import pathlib
import re
import sys

import jsonschema
import yaml


class Loader(yaml.BaseLoader):
    """Takes every scalar as the text it is, as imrel does, except the plain words for "nothing"."""


Loader.add_implicit_resolver("null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Loader.add_constructor("null", lambda loader, node: None)

schema = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for file in sorted(pathlib.Path(sys.argv[2]).iterdir()):
    try:
        errors = [error.message for error in validator.iter_errors(yaml.load(file.read_text("utf-8"), Loader))]
    except yaml.YAMLError as error:
        errors = [str(error)]
    print(file.stem, " ".join(errors[:1]).replace("\n", " "), sep="\t")
