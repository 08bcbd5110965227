// Answers `await home.history(…)` from the database, away from the thread that runs scripts.
// Thread: its own; ask() from composer's. Owner: Core. Flow: HistoryRequest → bounded mailbox → SQL → SeriesBuilder →
// answer. Source: composer.md, "Deterministic": event times and log positions up to the run's.
#pragma once

#include "server/engine/wire.h"
#include "server/store/repositories/history_repository.h"
#include "shared/base/mailbox.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace cohort::composer {

struct HistoryQuestion
{
    engine::wire::HistoryRequest request;
    store::HistoryQuery query;
    std::uint64_t serial = 0; // the worker that asked
};

class History
{
public:
    static constexpr std::size_t MostQuestions = 1'000;
    static constexpr int MostRawRows = 200'000;
    // `answered` is called on the history thread.
    using Answered = std::function<void(engine::wire::HistoryAnswer, std::uint64_t serial)>;

    History(store::ConnectionSettings database, Answered answered);
    ~History();

    // False when too many wait already.
    [[nodiscard]] bool ask(HistoryQuestion question);
    std::size_t waiting() const { return m_questions.size(); }

private:
    void run();
    Result<engine::wire::HistoryAnswer> answer(const HistoryQuestion& question);
    Result<engine::wire::HistoryAnswer> answerFromBuckets(const HistoryQuestion& question);

    store::ConnectionSettings m_database;
    Answered m_answered;
    Mailbox<HistoryQuestion> m_questions;
    std::unique_ptr<store::Connection> m_connection; // of the thread
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

} // namespace cohort::composer
