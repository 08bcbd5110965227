#include "server/worker/python_runtime.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace cohort::worker {
namespace {

// Hashes of texts are the same in every process, so that sets and dicts behave the same in a backtest.
constexpr unsigned long HashSeed = 20160101;

Result<void> startInterpreter()
{
    PyPreConfig early;
    PyPreConfig_InitIsolatedConfig(&early);
    early.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&early);
    if (PyStatus_Exception(status))
        return fail(ErrorCode::Unavailable, QString::fromUtf8(status.err_msg));
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.site_import = 0;
    config.write_bytecode = 0;
    config.install_signal_handlers = 0;
    config.use_hash_seed = 1;
    config.hash_seed = HashSeed;
    config.parse_argv = 0;
    status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        return fail(ErrorCode::Unavailable, QString::fromUtf8(status.err_msg));
    return {};
}

// From here on nothing is imported, nothing printed, and the collector leaves alone what is there for good.
void closeImports()
{
    const py::module_ sys = py::module_::import("sys");
    const py::module_ collector = py::module_::import("gc");
    for (const char* name : {"path", "meta_path", "path_hooks"})
        sys.attr(name).attr("clear")();
    for (const char* name : {"stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"})
        sys.attr(name) = py::none();
    collector.attr("collect")();
    collector.attr("freeze")();
    collector.attr("set_threshold")(20'000, 20, 50);
}

engine::RunResult failed(std::uint64_t run, engine::RunStatus status, std::string error)
{
    engine::RunResult result;
    result.number = run;
    result.status = status;
    result.error = std::move(error);
    return result;
}

engine::wire::Fault faultOf(py::handle row)
{
    const auto fields = py::reinterpret_borrow<py::tuple>(row);
    return {utf8Of(fields[0]), fields[1].cast<int>(), fields[2].cast<int>(), utf8Of(fields[3])};
}

// A line of log that does not fit is left out, and those behind it.
void say(engine::SharedPage& page, const std::string& line)
{
    const std::uint32_t begin = page.saidBytes.load(std::memory_order_relaxed);
    if (begin + line.size() + 1 > engine::MostSaidBytes)
        return;
    std::memcpy(page.said + begin, line.c_str(), line.size() + 1);
    page.saidBytes.store(begin + static_cast<std::uint32_t>(line.size()) + 1, std::memory_order_release);
}

// Called by Python for each line; only those of the script have a file without a folder.
int follow(PyObject* page, PyFrameObject* frame, int what, PyObject*)
{
    if (what != PyTrace_LINE)
        return 0;
    auto* shared = static_cast<engine::SharedPage*>(PyCapsule_GetPointer(page, nullptr));
    const py::object code = py::reinterpret_steal<py::object>(reinterpret_cast<PyObject*>(PyFrame_GetCode(frame)));
    Py_ssize_t size = 0;
    const char* file = PyUnicode_AsUTF8AndSize(reinterpret_cast<PyCodeObject*>(code.ptr())->co_filename, &size);
    if (!file) {
        PyErr_Clear();
        return 0;
    }
    const std::string_view name(file, static_cast<std::size_t>(size));
    if (name.empty() || name.front() == '<' || name.find('/') != std::string_view::npos ||
        name.size() >= sizeof shared->file)
        return 0;
    std::memcpy(shared->file, name.data(), name.size());
    shared->file[name.size()] = '\0';
    shared->line.store(static_cast<std::uint32_t>(std::max(PyFrame_GetLineNumber(frame), 0)),
                       std::memory_order_release);
    return 0;
}

} // namespace

PythonRuntime::PythonRuntime(const py::object& runtime) : m_runtime(runtime), m_run(runtime.attr("run")) {}

Result<std::unique_ptr<PythonRuntime>> PythonRuntime::start(const PythonOptions& options)
{
    COHORT_CHECK(startInterpreter());
    try {
        py::list path = py::module_::import("sys").attr("path");
        if (options.numpy)
            path.append("/usr/lib/python3/dist-packages");
        path.insert(0, options.rulesPath);
        const py::module_ preload = py::module_::import("composer.preload");
        const py::object runtime = preload.attr("start")(options.numpy);
        closeImports();
        return std::unique_ptr<PythonRuntime>(new PythonRuntime(runtime));
    } catch (const py::error_already_set& error) {
        return fail(ErrorCode::Unavailable, QString::fromUtf8(error.what()));
    }
}

Result<void> PythonRuntime::attach(engine::SharedPage& page)
{
    try {
        const py::capsule shared(&page);
        m_runtime.attr("attach")(py::cpp_function([&page](const py::object& line) { say(page, utf8Of(line)); }),
                                 py::cpp_function([&page, shared](bool on) {
                                     page.line.store(0, std::memory_order_release);
                                     PyEval_SetTrace(on ? &follow : nullptr, on ? shared.ptr() : nullptr);
                                 }));
    } catch (const py::error_already_set& error) {
        return fail(ErrorCode::Unavailable, QString::fromUtf8(error.what()));
    }
    return {};
}

engine::wire::Loaded PythonRuntime::loaded(std::uint32_t script, const char* method, const py::tuple& arguments)
{
    engine::wire::Loaded answer;
    answer.script = script;
    try {
        const py::tuple given = m_runtime.attr(method)(*arguments);
        for (const py::handle row : given[0])
            answer.faults.push_back(faultOf(row));
        answer.manifest = utf8Of(given[1]);
    } catch (py::error_already_set& error) {
        const bool memory = error.matches(PyExc_MemoryError);
        answer.faults = {{"script", 1, 1, memory ? "loading needs too much memory" : "the worker could not load it"}};
        answer.manifest.clear();
    }
    return answer;
}

engine::wire::Loaded PythonRuntime::load(const engine::wire::Load& message)
{
    return loaded(message.script, "load",
                  py::make_tuple(message.script, textOf(message.source), helpersOf(message.helpers)));
}

engine::wire::Loaded PythonRuntime::check(const engine::wire::Check& message)
{
    return loaded(0, "check", py::make_tuple(textOf(message.source), helpersOf(message.helpers)));
}

void PythonRuntime::setHome(const engine::wire::SetHome& message)
{
    try {
        py::list rooms;
        for (const engine::RoomInfo& room : message.info.rooms)
            rooms.append(py::make_tuple(textOf(room.kind), textOf(room.name)));
        m_runtime.attr("set_home")(message.home, message.info.id.value, textOf(message.info.name),
                                   textOf(message.info.timeZone), rooms, devicesOf(message.info));
    } catch (const py::error_already_set&) {
        // Runs in a home that is not known are answered with an error.
    }
}

void PythonRuntime::setInstance(const engine::wire::SetInstance& message)
{
    try {
        m_runtime.attr("set_instance")(message.script, message.home, textOf(message.parameters), textOf(message.state),
                                       message.dropLatest);
    } catch (const py::error_already_set&) {
        // Runs of an instance that is not known are answered with an error.
    }
}

template <typename Call>
Outcome PythonRuntime::guarded(std::uint64_t run, Call call)
{
    try {
        return outcomeOf(call(), run);
    } catch (py::error_already_set& error) {
        if (error.matches(PyExc_MemoryError))
            return failed(run, engine::RunStatus::Memory, "over the memory of a worker");
        return failed(run, engine::RunStatus::Error, "the worker failed in this run");
    }
}

Outcome PythonRuntime::run(const engine::wire::RunOne& one)
{
    return guarded(one.run.number, [&] {
        py::list timers;
        for (const std::string& timer : one.timers)
            timers.append(m_names(timer));
        const std::array<py::object, 9> arguments{py::int_(one.script),
                                                  py::int_(one.home),
                                                  py::int_(one.run.number),
                                                  py::int_(one.run.handler),
                                                  py::int_(toMs(one.run.now)),
                                                  py::int_(one.run.seed),
                                                  rowOf(one.run.event, m_names),
                                                  changesOf(one.changes, m_names),
                                                  std::move(timers)};
        std::array<PyObject*, 9> borrowed{};
        for (std::size_t i = 0; i < arguments.size(); ++i)
            borrowed[i] = arguments[i].ptr();
        const auto answer = py::reinterpret_steal<py::object>(
            PyObject_Vectorcall(m_run.ptr(), borrowed.data(), borrowed.size(), nullptr));
        if (!answer)
            throw py::error_already_set();
        return answer;
    });
}

Outcome PythonRuntime::answer(const engine::wire::HistoryAnswer& answer)
{
    return guarded(answer.run, [&] {
        py::list values;
        for (const Value& value : answer.values)
            values.append(objectOf(value));
        py::list times;
        for (const std::int64_t time : answer.timesMs)
            times.append(time);
        return py::object(m_runtime.attr("answer")(answer.run, answer.query, textOf(answer.error), times, values));
    });
}

Outcome PythonRuntime::abandon(std::uint64_t run, engine::RunStatus status, const std::string& error)
{
    return guarded(run,
                   [&] { return py::object(m_runtime.attr("abandon")(run, static_cast<int>(status), textOf(error))); });
}

} // namespace cohort::worker
