"""Asks for every step that stdin names, through boto3; prints one JSON line for each: what failed, or nothing."""

import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, region = sys.argv[1:3]
clients = {}
known = {}


def client(service):
    if service not in clients:
        config = Config(retries={"total_max_attempts": 1})
        clients[service] = boto3.client(
            service,
            endpoint_url=endpoint,
            region_name=region,
            aws_access_key_id="AKIAMANAGEMENT000000",
            aws_secret_access_key="none",
            config=config,
        )
    return clients[service]


def filled(value):
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, list):
        return [filled(each) for each in value]
    if isinstance(value, dict):
        return {name: filled(member) for name, member in value.items()}
    return value


def remember(step, output):
    for name, path in step.get("remember", {}).items():
        value = output
        for part in path.split("."):
            value = value[int(part)] if part.isdigit() else value[part]
        known[name] = value


def paged(api, step, name):
    pages = list(
        api.get_paginator(name).paginate(**filled(step["input"]), PaginationConfig={"PageSize": 1})
    )
    rows = [row for page in pages for value in page.values() if isinstance(value, list) for row in value]
    return f"{len(rows)} rows instead of {step['rows']}" if len(rows) != step["rows"] else ""


def problem(step):
    api = client(step["service"])
    name = xform_name(step["operation"])
    try:
        output = getattr(api, name)(**filled(step["input"]))
        remember(step, output)
        if "error" in step:
            return f"no {step['error']}"
        if "rows" in step and api.can_paginate(name):
            return paged(api, step, name)
        return ""
    except ClientError as error:
        given = error.response["Error"]["Code"]
        by_name = getattr(api.exceptions, step.get("error", ""), None)
        if step.get("error") is None:
            return str(error)
        if by_name is not None and not isinstance(error, by_name):
            return f"{type(error).__name__} instead of {step['error']}"
        return "" if given.startswith(step["error"].removesuffix("Exception")) else f"{given} instead of {step['error']}"


for each in json.load(sys.stdin):
    print(json.dumps({"name": each["operation"], "problem": problem(each)}), flush=True)
