// A struct's members as JSON Schema. Thread: any. Owner: nobody. Flow: model::Field → here → openapi.cpp.
// Source: JSON Schema 2020-12, as OpenAPI 3.1 uses it.
#pragma once

#include "shared/model/schema.h"

namespace cohort::protocol {

// Parameters may be left out where they are optional; an answer has every member, null where there is nothing.
enum class SchemaOf : bool { Parameters, Answer };

QJsonObject objectSchema(const std::vector<model::Field>& fields, SchemaOf what);
// {"application/json": {"schema": …, "examples": …}}
QJsonObject jsonContent(const QJsonObject& schema, const QJsonObject& examples = {});

} // namespace cohort::protocol
