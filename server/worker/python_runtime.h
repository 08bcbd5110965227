// CPython with composer.runtime in it: isolated, without site, environment or a way to import anything more.
// Thread: the worker's only one. Owner: main; one a process, never ended (the process just exits).
// Flow: messages from the host → Runtime's methods → outcomes. Source: composer.md, "The sandbox", 2.
#pragma once

#include "server/engine/shared_page.h"
#include "server/worker/conversion.h"

#include <memory>
#include <string>

namespace cohort::worker {

struct PythonOptions
{
    std::string rulesPath; // folder with the `composer` package
    bool numpy = false;
};

class PythonRuntime
{
public:
    // Starts Python and imports everything that scripts may ever need. Errors: Unavailable with Python's words.
    static Result<std::unique_ptr<PythonRuntime>> start(const PythonOptions& options);

    // What a kill would else take along goes to the page, which outlives this. Errors: Unavailable with Python's words.
    Result<void> attach(engine::SharedPage& page);
    engine::wire::Loaded load(const engine::wire::Load& message);
    engine::wire::Loaded check(const engine::wire::Check& message);
    void setHome(const engine::wire::SetHome& message);
    void setInstance(const engine::wire::SetInstance& message);
    // One run up to its end or its first question.
    Outcome run(const engine::wire::RunOne& one);
    // Goes on with a run that waited.
    Outcome answer(const engine::wire::HistoryAnswer& answer);
    // Ends a waiting run that has used its time up.
    Outcome abandon(std::uint64_t run, engine::RunStatus status, const std::string& error);

private:
    explicit PythonRuntime(const py::object& runtime);
    engine::wire::Loaded loaded(std::uint32_t script, const char* method, const py::tuple& arguments);
    template <typename Call>
    Outcome guarded(std::uint64_t run, Call call);

    py::object m_runtime;
    py::object m_run; // its bound method
    Names m_names;
};

} // namespace cohort::worker
