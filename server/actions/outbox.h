// Puts into the log what people and devices answered: rows that are not marked yet become event rows, then are marked.
// A crash in between is seen (the row is there already), so each is in the log exactly once.
// Thread: the dispatcher's. Owner: Dispatcher. Flow: alert_answer, command, message → Committer → marks.
// Source: architecture.md, rule 2.
#pragma once

#include "server/store/log/committer.h"
#include "server/store/postgres/connection.h"

#include <array>
#include <functional>
#include <set>
#include <vector>

namespace cohort::actions {

enum class OutboxKind : std::size_t { Answer, Command, Message };

// A submission that came to its end.
struct OutboxDone
{
    OutboxKind kind = OutboxKind::Answer;
    std::vector<qint64> ids;
    bool committed = false;
};

class Outbox
{
public:
    // `done` is called on the committer's thread; it has to bring its value back to finished().
    Outbox(store::Committer& committer, std::function<void(OutboxDone)> done)
        : m_committer(committer), m_done(std::move(done))
    {
    }
    // Submits what is not in the log and not on its way.
    Result<void> submitNew(store::Connection& connection);
    Result<void> finished(store::Connection& connection, const OutboxDone& done);

private:
    struct Entry
    {
        qint64 id = 0;
        bool already = false;
        store::LogRow row;
    };
    Result<void> submit(store::Connection& connection, OutboxKind kind, std::vector<Entry> entries);
    static Result<void> mark(store::Connection& connection, OutboxKind kind, const std::vector<qint64>& ids);

    store::Committer& m_committer;
    std::function<void(OutboxDone)> m_done;
    std::array<std::set<qint64>, 3> m_underWay;
};

} // namespace cohort::actions
