// What a call touches on a small and on a large database (tests/load/growth.sql): statements, rows and pages, as PostgreSQL's
// auto_explain (EXPLAIN ANALYZE, BUFFERS of each statement as it runs) tells them; never time.
#pragma once

#include "server/store/log/log_reader.h"
#include "server/store/repositories/home_state_repository.h"
#include "shared/model/page.h"
#include "tests/unit/server/store/repositories/watched.h"

#include <QFile>
#include <QTest>

namespace cohort::store::growth {

using namespace Qt::Literals::StringLiterals;
using test::Touched;
using test::Watched;

inline constexpr DeploymentId Large{1};
inline constexpr DeploymentId Small{2};
inline constexpr LocationId Home{3}; // of the large study, in either database
inline constexpr qint64 HourMs = 3'600'000;
inline constexpr qint64 DayMs = 24 * HourMs;

// A database of one size, filled.
struct Sized
{
    testkit::TestDatabase database;
    Watched watched{database};
    Timestamp now;
    StreamId dense; // a value a minute

    Sized(const QByteArray& factor, const QByteArray& homes)
    {
        QFile script(QStringLiteral(COHORT_SOURCE_DIR "/tests/load/growth.sql"));
        if (!script.open(QIODevice::ReadOnly))
            qFatal("no tests/load/growth.sql");
        fill("SET growth.factor = '" + factor + "'; SET growth.homes = '" + homes + "';" + script.readAll());
        settle();
        fill("VACUUM ANALYZE");
        now = fromMs(database.value("SELECT (extract(epoch FROM now()) * 1000)::bigint").toLongLong());
        dense = StreamId{database.value("SELECT max(id) FROM stream").toLongLong()};
    }

    // Counts the homes that were touched, and those that are due: at a server that has not been heard of for 20 s, and with lost
    // devices after a minute, which a slow machine needs.
    void settle() const
    {
        const auto counting = database.connect();
        do {
            if (!HomeStateRepository(*counting).settle(1'000))
                qFatal("counting the homes");
        } while (database.value("SELECT (SELECT count(*) FROM count_touched) + (SELECT count(*) FROM home_state WHERE "
                                "due_at <= now())") != u"0"_s);
        database.run(
            "UPDATE home_state SET due_at = now() + interval '1 hour' WHERE due_at IS NOT NULL"); // not meanwhile
    }

    // However long it takes.
    void fill(const QByteArray& sql) const
    {
        ConnectionSettings settings = database.settings();
        settings.statementTimeout = Milliseconds{0};
        const auto connection = Connection::open(settings);
        const auto done = connection ? (*connection)->runScript(sql) : Result<void>(cohort::fail(connection.error()));
        if (!done)
            qFatal("filling the database: %s", qPrintable(done.error().message()));
    }
};

using Call = std::function<Result<qint64>(Sized&, Connection&)>;

// Whatever the size: how many statements at most, and rows and pages for each thing answered and besides.
struct Budget
{
    qint64 statements, each, besides;
};

template <typename T>
Result<qint64> countOf(const Result<model::Page<T>>& page)
{
    return page ? Result<qint64>(page->items.size()) : fail(page.error());
}
template <typename List>
requires requires(const List& list)
{
    list.size();
}
Result<qint64> countOf(const Result<List>& list)
{
    return list ? Result<qint64>(static_cast<qint64>(list->size())) : fail(list.error());
}

// Twenty batches of one writer before the newest ten.
inline Result<qint64> readLog(Connection& connection, std::int16_t writer)
{
    LogReader reader(connection);
    COHORT_TRY(position, reader.newestNumbers());
    position[writer] -= 30;
    constexpr int Rows = 200;
    COHORT_TRY(batches, reader.read(position, Rows));
    qint64 rows = 0;
    for (const auto& batch : batches)
        rows += static_cast<qint64>(batch->rows.size());
    return rows;
}

// The row's call, on either database.
inline void judge(Sized& small, Sized& large)
{
    QFETCH(Budget, budget);
    QFETCH(Call, call);
    for (Sized* sized : {&small, &large}) {
        sized->settle();
        const Touched touched = sized->watched.of([&](Connection& c) { return call(*sized, c); });
        const qint64 most = budget.besides + budget.each * touched.answered;
        const QString said = u"%1: %2 statements, %3 rows and %4 pages for %5 answered; %6 at most\n%7"_s
                                 .arg(sized == &small ? u"small"_s : u"large"_s)
                                 .arg(touched.statements)
                                 .arg(touched.rows)
                                 .arg(touched.buffers)
                                 .arg(touched.answered)
                                 .arg(most)
                                 .arg(touched.nodes.join(u", "_s));
        QVERIFY2(touched.statements >= 1 && touched.statements <= budget.statements, qPrintable(said));
        QVERIFY2(touched.buffers <= most, qPrintable(said));
        QVERIFY2(touched.rows <= 10 * most, qPrintable(said));
        qInfo("%s", qPrintable(said.section(u'\n', 0, 0)));
    }
}

// The columns of rows that are judged, and one of them.
inline void columns()
{
    QTest::addColumn<Budget>("budget");
    QTest::addColumn<Call>("call");
}
inline void row(const QByteArray& name, Budget budget, const Call& call)
{
    QTest::newRow(name.constData()) << budget << call;
}

} // namespace cohort::store::growth
