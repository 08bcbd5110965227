#include "server/worker/conversion.h"

#include <algorithm>
#include <cmath>

namespace cohort::worker {
namespace {

constexpr std::size_t MostNames = 4096;
constexpr std::size_t MostLine = 4096;

py::object steal(PyObject* object)
{
    if (!object)
        throw py::error_already_set();
    return py::reinterpret_steal<py::object>(object);
}

py::object whole(std::int64_t value)
{
    return steal(PyLong_FromLongLong(value));
}
py::object truth(bool value)
{
    return py::reinterpret_borrow<py::object>(value ? Py_True : Py_False);
}
py::object none()
{
    return py::reinterpret_borrow<py::object>(Py_None);
}

// A tuple of these, whose references it takes over.
template <typename... Object>
py::tuple tupleOf(Object&&... objects)
{
    py::object tuple = steal(PyTuple_New(sizeof...(objects)));
    Py_ssize_t at = 0;
    (PyTuple_SET_ITEM(tuple.ptr(), at++, objects.release().ptr()), ...);
    return py::reinterpret_steal<py::tuple>(tuple.release());
}

PyObject* item(py::handle tuple, Py_ssize_t at)
{
    return PyTuple_GET_ITEM(tuple.ptr(), at);
}

std::int64_t wholeOf(PyObject* object)
{
    const std::int64_t value = PyLong_AsLongLong(object);
    if (value == -1 && PyErr_Occurred())
        throw py::error_already_set();
    return value;
}

bool isResult(py::handle answer)
{
    return PyTuple_CheckExact(answer.ptr()) && PyTuple_GET_SIZE(answer.ptr()) == 7;
}
bool isRequest(py::handle answer)
{
    return PyTuple_CheckExact(answer.ptr()) && PyTuple_GET_SIZE(answer.ptr()) == 10;
}

std::vector<std::string> linesOf(PyObject* lines)
{
    std::vector<std::string> result;
    if (!PyList_CheckExact(lines))
        return result;
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(lines); ++at)
        result.push_back(utf8Of(PyList_GET_ITEM(lines, at)).substr(0, MostLine));
    return result;
}

std::vector<engine::Effect> effectsOf(PyObject* effects)
{
    std::vector<engine::Effect> result;
    if (!PyList_CheckExact(effects))
        return result;
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(effects); ++at) {
        const py::handle one = PyList_GET_ITEM(effects, at);
        const auto kind = static_cast<engine::EffectKind>(wholeOf(item(one, 0)));
        result.push_back({kind, utf8Of(item(one, 1))});
    }
    return result;
}

engine::RunResult resultOf(py::handle answer)
{
    engine::RunResult result;
    result.number = PyLong_AsUnsignedLongLong(item(answer, 0));
    result.status = static_cast<engine::RunStatus>(wholeOf(item(answer, 1)));
    result.error = utf8Of(item(answer, 2));
    result.because = utf8Of(item(answer, 3));
    result.log = linesOf(item(answer, 4));
    result.effects = effectsOf(item(answer, 5));
    if (PyUnicode_Check(item(answer, 6)))
        result.state = utf8Of(item(answer, 6));
    return result;
}

engine::wire::HistoryRequest requestOf(py::handle answer)
{
    engine::wire::HistoryRequest request;
    request.run = PyLong_AsUnsignedLongLong(item(answer, 0));
    request.query = static_cast<std::uint32_t>(wholeOf(item(answer, 1)));
    request.home = static_cast<std::uint32_t>(wholeOf(item(answer, 2)));
    request.device = DeviceId{wholeOf(item(answer, 3))};
    request.name = utf8Of(item(answer, 4));
    request.isFact = item(answer, 5) == Py_True;
    request.sinceMs = wholeOf(item(answer, 6));
    request.untilMs = wholeOf(item(answer, 7));
    request.everyMs = wholeOf(item(answer, 8));
    request.aggregate = utf8Of(item(answer, 9));
    return request;
}

} // namespace

py::object textOf(std::string_view utf8)
{
    return steal(PyUnicode_DecodeUTF8(utf8.data(), static_cast<Py_ssize_t>(utf8.size()), nullptr));
}

py::object Names::operator()(const std::string& text)
{
    const auto found = m_known.find(text);
    if (found != m_known.end())
        return found->second;
    py::object made = textOf(text);
    if (m_known.size() < MostNames)
        m_known.emplace(text, made);
    return made;
}

py::object objectOf(const Value& value)
{
    // From 2^53 on all whole numbers are int: beside one that no double holds, a float would cost its digits.
    if (const auto integer = wholeOf(value); integer && std::abs(*value.number) >= 0x1p53)
        return whole(*integer);
    if (value.number)
        return steal(PyFloat_FromDouble(*value.number));
    return value.text ? textOf(*value.text) : none();
}

py::object objectOf(const std::optional<Value>& value)
{
    return value ? objectOf(*value) : none();
}

py::tuple rowOf(const engine::Event& event, Names& names)
{
    return tupleOf(whole(static_cast<std::int64_t>(event.kind)), whole(toMs(event.time)), names(event.name),
                   names(event.index), whole(event.device.value), objectOf(event.value), objectOf(event.previous),
                   event.data.empty() ? names(event.data) : textOf(event.data), truth(event.late));
}

py::object changesOf(const std::vector<engine::Latest>& changes, Names& names)
{
    py::object tuple = steal(PyTuple_New(static_cast<Py_ssize_t>(changes.size())));
    Py_ssize_t at = 0;
    for (const engine::Latest& one : changes) {
        py::tuple row = tupleOf(whole(one.device.value), names(one.name), names(one.index), objectOf(one.value),
                                whole(toMs(one.time)), truth(one.isFact));
        PyTuple_SET_ITEM(tuple.ptr(), at++, row.release().ptr());
    }
    return tuple;
}

py::list devicesOf(const engine::HomeInfo& home)
{
    py::list rows;
    for (const engine::DeviceInfo& one : home.devices)
        rows.append(tupleOf(whole(one.id.value), textOf(one.key), whole(one.type), textOf(one.use), textOf(one.room),
                            textOf(one.description)));
    return rows;
}

py::dict helpersOf(const std::map<std::string, std::string>& helpers)
{
    py::dict result;
    for (const auto& [name, source] : helpers)
        result[textOf(name)] = textOf(source);
    return result;
}

std::string utf8Of(py::handle text)
{
    if (!PyUnicode_Check(text.ptr()))
        return {};
    const auto bytes = py::reinterpret_steal<py::object>(PyUnicode_AsEncodedString(text.ptr(), "utf-8", "replace"));
    if (!bytes)
        throw py::error_already_set();
    std::string result(PyBytes_AS_STRING(bytes.ptr()), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes.ptr())));
    std::replace(result.begin(), result.end(), '\0', ' ');
    return result;
}

Outcome outcomeOf(py::handle answer, std::uint64_t run)
{
    if (answer.is_none())
        return {};
    if (isResult(answer))
        return resultOf(answer);
    if (isRequest(answer))
        return requestOf(answer);
    engine::RunResult broken;
    broken.number = run;
    broken.status = engine::RunStatus::Error;
    broken.error = "the worker gave no answer to this run";
    return broken;
}

} // namespace cohort::worker
