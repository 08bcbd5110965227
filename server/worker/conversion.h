// Wire structs ⇄ plain Python objects, on CPython's own calls: this is the hot path, a few hundred nanoseconds a run.
// Thread: the worker's only one. Owner: PythonRuntime. Flow: RunOne → tuple → composer.runtime → Outcome.
// Source: rules/composer/runtime.py says what the tuples hold.
#pragma once

#include "server/engine/wire.h"

#include <pybind11/pybind11.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

namespace cohort::worker {

namespace py = pybind11;

// A run has ended, or waits for history; nothing: there was no such run.
using Outcome = std::variant<std::monostate, engine::RunResult, engine::wire::HistoryRequest>;

// Texts that come again and again (measurements' names), made once. Bounded: beyond it they are made each time.
class Names
{
public:
    py::object operator()(const std::string& text);

private:
    std::unordered_map<std::string, py::object> m_known;
};

// UTF-8 → str; the bytes were checked when the frame was read. Throws py::error_already_set for want of memory.
py::object textOf(std::string_view utf8);
// A number is a float, a text a str, a whole number of 64 bits from 2^53 on an int.
py::object objectOf(const Value& value);
py::object objectOf(const std::optional<Value>& value);
py::tuple rowOf(const engine::Event& event, Names& names);
py::object changesOf(const std::vector<engine::Latest>& changes, Names& names);
py::list devicesOf(const engine::HomeInfo& home);
py::dict helpersOf(const std::map<std::string, std::string>& helpers);

// UTF-8 of a str, halves of surrogate pairs and zero characters replaced; of anything else, an empty text.
std::string utf8Of(py::handle text);
// What composer.runtime gave back. An answer of another form is an error of that run.
Outcome outcomeOf(py::handle answer, std::uint64_t run);

} // namespace cohort::worker
