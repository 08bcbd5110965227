// A real cohort-worker for a test: what it said is kept, and waited for with a generous limit.
#pragma once

#include "server/worker/host/worker_process.h"

#include <QEventLoop>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>

namespace cohort::worker {

class RunningWorker
{
public:
    explicit RunningWorker(const WorkerOptions& options = optionsOf())
    {
        auto started = WorkerProcess::start(options, {[this](engine::wire::FromWorker m) { take(std::move(m)); },
                                                      [this](const Ended& e) {
                                                          ended = e;
                                                          woken();
                                                      }});
        if (started)
            process = std::move(*started);
        else
            refusal = started.error().message();
    }

    static WorkerOptions optionsOf()
    {
        WorkerOptions options;
        options.program = QStringLiteral(COHORT_BIN_DIR "/cohort-worker");
        options.rulesPath = QStringLiteral(COHORT_SOURCE_DIR "/rules");
        return options;
    }

    // Runs the event loop until `done` holds; false when it does not in a minute.
    bool waitFor(const std::function<bool()>& holds)
    {
        QTimer limit;
        limit.setSingleShot(true);
        limit.start(60'000);
        while (!holds() && limit.isActive()) {
            QEventLoop loop;
            QObject::connect(&limit, &QTimer::timeout, &loop, &QEventLoop::quit);
            m_loop = &loop;
            loop.exec();
            m_loop = nullptr;
        }
        return holds();
    }
    bool waitReady()
    {
        return waitFor([this] { return ready || ended; }) && ready;
    }
    bool waitDone(std::uint64_t run)
    {
        return waitFor([&] { return done.contains(run) || ended; }) && done.contains(run);
    }
    bool waitEnded()
    {
        return waitFor([this] { return ended.has_value(); });
    }

    // Loads a script as number 1; the faults' text, empty when it was accepted.
    QString load(const std::string& source, std::uint32_t script = 1)
    {
        loaded.reset();
        process->send(engine::wire::Load{script, source, {}});
        if (!waitFor([this] { return loaded || ended; }) || !loaded)
            return QStringLiteral("no answer");
        QStringList faults;
        for (const engine::wire::Fault& fault : loaded->faults)
            faults << QStringLiteral("%1:%2: %3")
                          .arg(fault.line)
                          .arg(fault.column)
                          .arg(QString::fromStdString(fault.message));
        return faults.join(QStringLiteral("; "));
    }
    void addHome(std::uint32_t home = 1, const std::string& state = "{}", std::uint32_t script = 1)
    {
        engine::HomeInfo info;
        info.id = LocationId{home};
        info.timeZone = "Europe/Berlin";
        info.devices = {{DeviceId{1}, "D1", 5, "stove", "kitchen", ""}};
        process->send(engine::wire::SetHome{home, info});
        process->send(engine::wire::SetInstance{script, home, "{}", state, true});
    }
    static engine::wire::RunOne runOf(std::uint64_t number, double value = 1, std::uint32_t home = 1, int handler = 0)
    {
        engine::wire::RunOne one;
        one.script = 1;
        one.home = home;
        one.run.number = number;
        one.run.handler = handler;
        one.run.now = fromMs(1'767'225'600'000);
        one.run.seed = number;
        one.run.event = {engine::EventKind::Measurement,
                         one.run.now,
                         "power",
                         "",
                         DeviceId{1},
                         Value::ofNumber(value),
                         std::nullopt,
                         "",
                         false,
                         0,
                         {}};
        one.changes = {{DeviceId{1}, "power", "", Value::ofNumber(value), one.run.now, false}};
        return one;
    }

    std::unique_ptr<WorkerProcess> process;
    QString refusal;
    bool ready = false;
    std::optional<Ended> ended;
    std::optional<engine::wire::Loaded> loaded;
    std::map<std::uint64_t, engine::RunResult> done;
    std::vector<std::uint64_t> order; // of the runs done
    std::vector<engine::wire::HistoryRequest> requests;

private:
    void take(engine::wire::FromWorker message)
    {
        if (std::holds_alternative<engine::wire::Ready>(message))
            ready = true;
        else if (auto* answer = std::get_if<engine::wire::Loaded>(&message))
            loaded = std::move(*answer);
        else if (auto* request = std::get_if<engine::wire::HistoryRequest>(&message))
            requests.push_back(std::move(*request));
        else if (auto* result = std::get_if<engine::wire::RunDone>(&message)) {
            order.push_back(result->result.number);
            done[result->result.number] = std::move(result->result);
        }
        woken();
    }
    void woken()
    {
        if (m_loop)
            m_loop->quit();
    }

    QEventLoop* m_loop = nullptr;
};

} // namespace cohort::worker
