"""Judges a JSON document by a JSON Schema: validate_json.py DOCUMENT SCHEMA [SCHEMA-THAT-IT-REFERS-TO...]"""

import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)

import jsonschema  # noqa: E402 - importing it, and what it deprecates, warns

document, schema, *others = [json.loads(pathlib.Path(path).read_text("utf-8")) for path in sys.argv[1:]]
store = {other["$id"]: other for other in others if "$id" in other}
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
# The newer way to resolve references is not in every release of Debian.
resolver = jsonschema.RefResolver.from_schema(schema, store=store)
errors = list(validator(schema, resolver=resolver).iter_errors(document))
for error in errors:
    print("/".join(map(str, error.absolute_path)), error.message)
sys.exit(1 if errors else 0)
