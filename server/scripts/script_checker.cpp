#include "server/scripts/script_checker.h"

#include "shared/base/limits.h"

#include <QThread>
#include <QTimer>

#include <atomic>
#include <future>

namespace cohort::scripts {

namespace {

namespace wire = engine::wire;
using Answer = Result<CheckAnswer>;

constexpr Milliseconds Margin{1'000}; // for the hand-over to the other thread

// One check under way; lives in the checker's thread until it is answered, once.
struct Job
{
    std::promise<Answer> promise;
    std::unique_ptr<worker::WorkerProcess> process;
    QTimer limit;
    bool answered = false;

    void answer(Answer result)
    {
        if (std::exchange(answered, true))
            return;
        limit.stop();
        promise.set_value(std::move(result));
        limit.disconnect();
        // Callbacks of the process may be under way.
        QTimer::singleShot(0, [gone = std::shared_ptr<worker::WorkerProcess>(std::move(process))]() {});
    }
    void loaded(const wire::Loaded& message)
    {
        CheckAnswer result{message.faults, {}, message.manifest};
        if (message.faults.empty()) {
            auto manifest = engine::manifestFromJson(message.manifest);
            if (!manifest)
                return answer(fail(manifest.error()));
            result.manifest = std::move(*manifest);
        }
        answer(std::move(result));
    }
};

void begin(const std::shared_ptr<Job>& job, const worker::WorkerOptions& options, const wire::Check& check)
{
    worker::WorkerProcess::Callbacks callbacks;
    callbacks.onMessage = [weak = std::weak_ptr(job), check](wire::FromWorker message) {
        const auto mine = weak.lock();
        if (!mine || !mine->process)
            return;
        if (std::holds_alternative<wire::Ready>(message))
            mine->process->send(check);
        else if (const auto* loaded = std::get_if<wire::Loaded>(&message))
            mine->loaded(*loaded);
    };
    callbacks.onEnded = [weak = std::weak_ptr(job)](const worker::Ended& ended) {
        if (const auto mine = weak.lock())
            mine->answer(CheckAnswer{{worker::faultOfLoading(ended)}, {}, {}});
    };
    auto process = worker::WorkerProcess::start(options, std::move(callbacks));
    if (!process)
        return job->answer(fail(process.error()));
    job->process = std::move(*process);
    // Holds the job until it is answered.
    QObject::connect(&job->limit, &QTimer::timeout, &job->limit,
                     [job] { job->answer(fail(ErrorCode::Timeout, QStringLiteral("the check took over 5 s"))); });
    job->limit.setSingleShot(true);
    job->limit.start(ScriptChecker::Longest);
}

} // namespace

struct ScriptChecker::Private
{
    worker::WorkerOptions options;
    QThread thread;
    QObject context; // lives in the thread
    std::atomic<int> underWay{0};
};

ScriptChecker::ScriptChecker(worker::WorkerOptions options) : d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->thread.setObjectName(QStringLiteral("checker"));
    d->context.moveToThread(&d->thread);
    d->thread.start();
}

ScriptChecker::~ScriptChecker()
{
    d->thread.quit();
    d->thread.wait();
}

Result<CheckAnswer> ScriptChecker::check(const std::string& source, const std::map<std::string, std::string>& helpers)
{
    if (source.size() > ScriptBytesMost || helpers.size() > HelpersMost)
        return fail(ErrorCode::TooLarge, QStringLiteral("a script has at most %1 KiB, and at most %2 helper modules")
                                             .arg(ScriptBytesMost / 1024)
                                             .arg(HelpersMost));
    for (const auto& [name, text] : helpers) {
        if (text.size() > ScriptBytesMost)
            return fail(ErrorCode::TooLarge,
                        QStringLiteral("the helper module '%1' has over 64 KiB").arg(QString::fromStdString(name)));
    }
    if (d->underWay.fetch_add(1) >= MostAtOnce) {
        --d->underWay;
        return fail(ErrorCode::Busy, QStringLiteral("several scripts are checked now"), 500);
    }
    std::promise<Answer> promise;
    std::future<Answer> future = promise.get_future();
    const wire::Check message{"script", source, helpers};
    QMetaObject::invokeMethod(
        &d->context,
        [this, message, shared = std::make_shared<std::promise<Answer>>(std::move(promise))] {
            auto job = std::make_shared<Job>();
            job->promise = std::move(*shared);
            begin(job, d->options, message);
        },
        Qt::QueuedConnection);
    const bool inTime = future.wait_for(Longest + Margin) == std::future_status::ready;
    --d->underWay;
    if (!inTime)
        return fail(ErrorCode::Timeout, QStringLiteral("the check took over 5 s"));
    return future.get();
}

} // namespace cohort::scripts
