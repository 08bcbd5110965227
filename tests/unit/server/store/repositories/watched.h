// What the statements of a call touch: rows and pages, as PostgreSQL's auto_explain (EXPLAIN ANALYZE, BUFFERS of each
// statement as it runs) tells them; never time.
// Thread: the test's. Owner: the test. Flow: a call → its statements' plans → Touched.
#pragma once

#include "server/store/postgres/connection.h"
#include "tests/kit/test_database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <libpq-fe.h>

#include <functional>

namespace cohort::store::test {

using namespace Qt::Literals::StringLiterals;
using testkit::TestDatabase;

// What the statements of a call touched.
struct Touched
{
    qint64 statements = 0;
    qint64 rows = 0;    // that the nodes of the plans handed on or threw away
    qint64 buffers = 0; // pages
    qint64 answered = 0;
    QStringList nodes; // types of the plans' nodes, with the rows of each
};

inline void add(Touched& touched, const QJsonObject& node)
{
    const double loops = node["Actual Loops"_L1].toDouble();
    const double rows = node["Actual Rows"_L1].toDouble() + node["Rows Removed by Filter"_L1].toDouble() +
                        node["Rows Removed by Index Recheck"_L1].toDouble();
    touched.rows += qRound64(rows * loops);
    touched.nodes.append(u"%1 %2"_s.arg(node["Node Type"_L1].toString()).arg(rows * loops));
    for (const auto& child : node["Plans"_L1].toArray())
        add(touched, child.toObject());
}

// A connection whose every statement tells its plan.
class Watched
{
public:
    explicit Watched(const TestDatabase& database) : m_connection(database.connect())
    {
        const auto done = m_connection->runScript(
            "LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_analyze = on;"
            "SET auto_explain.log_buffers = on; SET auto_explain.log_timing = off; SET auto_explain.log_format = json;"
            "SET auto_explain.log_level = notice; SET client_min_messages = notice");
        if (!done)
            qFatal("auto_explain: %s", qPrintable(done.error().message()));
        PQsetNoticeProcessor(m_connection->handle(), &Watched::hear, this);
    }
    Connection& connection() { return *m_connection; }

    // Called often enough to be planned for any values, as on a server that runs for long; the dearer of the two counts.
    Touched of(const std::function<Result<qint64>(Connection&)>& call)
    {
        Touched dearest;
        constexpr int UntilGeneric = 7;
        for (int time = 0; time < UntilGeneric; ++time) {
            m_touched = {};
            const auto answered = call(*m_connection);
            if (!answered)
                qFatal("%s", qPrintable(answered.error().message()));
            m_touched.answered = *answered;
            if (m_touched.buffers >= dearest.buffers)
                dearest = m_touched;
        }
        return dearest;
    }

private:
    static void hear(void* self, const char* text)
    {
        const QByteArray message(text);
        const auto plan = QJsonDocument::fromJson(message.mid(message.indexOf('{'))).object()["Plan"_L1].toObject();
        if (plan.isEmpty())
            return;
        Touched& touched = static_cast<Watched*>(self)->m_touched;
        ++touched.statements;
        touched.buffers += plan["Shared Hit Blocks"_L1].toInteger() + plan["Shared Read Blocks"_L1].toInteger();
        add(touched, plan);
    }

    std::unique_ptr<Connection> m_connection;
    Touched m_touched;
};

} // namespace cohort::store::test
