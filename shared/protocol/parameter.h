// How the rows of the operation table are written: one function per kind of parameter, and what can be added to it.
// Thread: pure functions. Owner: nobody. Flow: operation_table.cpp only.
#pragma once

#include "shared/protocol/operation.h"

namespace cohort::protocol {

inline Parameter id(Noun noun, const char* name = "id")
{
    return {.name = name, .kind = Kind::Id, .noun = noun};
}
inline Parameter ids(Noun noun, const char* name)
{
    return {.name = name, .kind = Kind::Ids, .noun = noun, .least = 1, .most = 1'000};
}
inline Parameter text(const char* name, int most, int least = 0)
{
    return {.name = name, .kind = Kind::Text, .least = static_cast<double>(least), .most = static_cast<double>(most)};
}
inline Parameter label(const char* name) // a name: not empty
{
    return text(name, 200, 1);
}
inline Parameter integer(const char* name, double least, double most)
{
    return {.name = name, .kind = Kind::Integer, .least = least, .most = most};
}
inline Parameter boolean(const char* name)
{
    return {.name = name, .kind = Kind::Boolean};
}
inline Parameter time(const char* name)
{
    return {.name = name, .kind = Kind::Time};
}
inline Parameter choice(const char* name, const char* choices)
{
    return {.name = name, .kind = Kind::Choice, .choices = choices};
}
inline Parameter object(const char* name, int members = 100)
{
    return {.name = name, .kind = Kind::Object, .most = static_cast<double>(members)};
}
inline Parameter list(const char* name, int most, std::vector<Parameter> items = {}, int least = 0)
{
    return {.name = name,
            .kind = Kind::List,
            .least = static_cast<double>(least),
            .most = static_cast<double>(most),
            .items = std::move(items)};
}
inline Parameter any(const char* name)
{
    return {.name = name, .kind = Kind::Any};
}
inline Parameter optional(Parameter parameter)
{
    parameter.required = false;
    return parameter;
}
inline Parameter orNull(Parameter parameter) // may be left out, or null
{
    parameter.required = false;
    parameter.nullable = true;
    return parameter;
}
inline Parameter secret(Parameter parameter)
{
    parameter.isPrivate = true;
    return parameter;
}

} // namespace cohort::protocol
