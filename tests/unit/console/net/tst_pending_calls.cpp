// Requests under way: whom an answer is for, what an error brings, and what becomes of those that nobody answers.

#include "console/net/pending_calls.h"

#include <QJsonArray>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QJsonObject resultFor(qint64 id, const QJsonValue& result)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"result"_s, result}};
}

QJsonObject errorFor(qint64 id, const QJsonValue& error)
{
    return {{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"error"_s, error}};
}

} // namespace

class TestPendingCalls : public QObject
{
    Q_OBJECT

private:
    static Error errorOf(PendingCalls& calls, const QJsonValue& error)
    {
        qint64 id = 0;
        const auto future = calls.add(&id);
        calls.answer(errorFor(id, error));
        return future.isFinished() && !future.result() ? future.result().error()
                                                       : Error{ErrorCode::Cancelled, u"no error came"_s};
    }

private Q_SLOTS:
    void anAnswerGoesToItsRequestInWhateverOrder()
    {
        PendingCalls calls;
        qint64 first = 0, second = 0, third = 0;
        const auto one = calls.add(&first), two = calls.add(&second), three = calls.add(&third);
        QCOMPARE(second, first + 1);
        calls.answer(resultFor(third, QJsonObject{{u"n"_s, 3}}));
        calls.answer(resultFor(first, QJsonObject{{u"n"_s, 1}}));
        QVERIFY(one.isFinished() && three.isFinished());
        QVERIFY(!two.isFinished());
        QCOMPARE(one.result()->value("n"_L1).toInt(), 1);
        QCOMPARE(three.result()->value("n"_L1).toInt(), 3);
    }

    void onlyTheFirstAnswerCounts()
    {
        PendingCalls calls;
        qint64 id = 0;
        const auto future = calls.add(&id);
        calls.answer(resultFor(id, QJsonObject{{u"n"_s, 1}}));
        calls.answer(errorFor(id, QJsonObject()));
        QCOMPARE(future.resultCount(), 1);
        QCOMPARE(future.result()->value("n"_L1).toInt(), 1);
    }

    void anAnswerToNobodyIsLeftOut()
    {
        PendingCalls calls;
        qint64 id = 0;
        const auto future = calls.add(&id);
        for (const QJsonValue& wrong : {QJsonValue(id + 1), QJsonValue(0), QJsonValue(-id), QJsonValue(u"1"_s),
                                        QJsonValue(1e300), QJsonValue(QJsonArray{1}), QJsonValue()})
            calls.answer({{u"id"_s, wrong}, {u"result"_s, QJsonObject()}});
        QVERIFY(!future.isFinished());
        calls.answer(resultFor(id, QJsonObject()));
        QVERIFY(future.isFinished());
    }

    void aResultThatIsNoObjectIsAnEmptyOne()
    {
        PendingCalls calls;
        for (const QJsonValue& result : {QJsonValue(7), QJsonValue(u"x"_s), QJsonValue(QJsonArray{1}), QJsonValue()}) {
            qint64 id = 0;
            const auto future = calls.add(&id);
            calls.answer(resultFor(id, result));
            QVERIFY(future.result());
            QVERIFY(future.result()->isEmpty());
        }
    }

    void anErrorKeepsItsCodeDetailAndWaitingTime()
    {
        PendingCalls calls;
        const QJsonObject data{{u"code"_s, u"too-often"_s}, {u"detail"_s, u"five times"_s}, {u"retryAfterMs"_s, 1500}};
        const Error error = errorOf(calls, QJsonObject{{u"code"_s, -32000}, {u"message"_s, u"m"_s}, {u"data"_s, data}});
        QCOMPARE(error.code, ErrorCode::TooOften);
        QCOMPARE(error.detail, u"five times"_s);
        QCOMPARE(error.retryAfterMs, 1500);
        const Error known =
            errorOf(calls, QJsonObject{{u"message"_s, u"m"_s}, {u"data"_s, QJsonObject{{u"code"_s, u"busy"_s}}}});
        QCOMPARE(known.code, ErrorCode::Busy);
        QCOMPARE(known.detail, QString()); // the code says it all
    }

    void anErrorInAnotherShapeIsStillAnError()
    {
        PendingCalls calls;
        const Error bare = errorOf(calls, QJsonObject{{u"code"_s, -32601}, {u"message"_s, u"Method not found"_s}});
        QCOMPARE(bare.code, ErrorCode::Internal);
        QCOMPARE(bare.detail, u"Method not found"_s);
        const QJsonObject data{{u"code"_s, u"brand-new"_s}, {u"detail"_s, u"in words"_s}};
        const Error newer = errorOf(calls, QJsonObject{{u"message"_s, u"brand-new"_s}, {u"data"_s, data}});
        QCOMPARE(newer.code, ErrorCode::Internal);
        QCOMPARE(newer.detail, u"in words"_s);
        for (const QJsonValue& nonsense : {QJsonValue(), QJsonValue(7), QJsonValue(QJsonArray{u"x"_s})})
            QCOMPARE(errorOf(calls, nonsense).code, ErrorCode::Internal);
    }

    void asManyAsTheBoundAndOneMoreWhenOneIsAnswered()
    {
        PendingCalls calls;
        qint64 first = 0, id = 0;
        QList<QFuture<PendingCalls::Answer>> all{calls.add(&first)};
        while (static_cast<std::size_t>(all.size()) < PendingCalls::Most)
            all.append(calls.add(&id));
        QVERIFY(!all.last().isFinished());
        qint64 beyond = 0;
        const auto refused = calls.add(&beyond);
        QCOMPARE(beyond, 0);
        QCOMPARE(refused.result().error().code, ErrorCode::Busy);
        calls.answer(resultFor(first, QJsonObject()));
        const auto taken = calls.add(&beyond);
        QCOMPARE(beyond, id + 1);
        QVERIFY(!taken.isFinished());
        calls.failAll(Error{ErrorCode::Cancelled, u"closed"_s});
        for (const auto& one : all.mid(1))
            QCOMPARE(one.result().error().detail, u"closed"_s);
        QVERIFY(taken.isFinished());
        QVERIFY(!calls.add(&beyond).isFinished()); // and there is room again
    }

    void onlyWhatIsOverdueTimesOut()
    {
        PendingCalls calls;
        calls.setTimeout(60ms);
        qint64 early = 0, late = 0;
        const auto one = calls.add(&early);
        calls.setTimeout(60s);
        const auto two = calls.add(&late);
        QTRY_VERIFY(one.isFinished());
        QCOMPARE(one.result().error().code, ErrorCode::Timeout);
        QVERIFY(!two.isFinished());
        calls.answer(resultFor(early, QJsonObject())); // too late
        QCOMPARE(one.resultCount(), 1);
        calls.answer(resultFor(late, QJsonObject()));
        QVERIFY(two.result());
    }

    void whatIsAskedAfterAllTimedOutTimesOutToo()
    {
        PendingCalls calls;
        calls.setTimeout(30ms);
        qint64 id = 0;
        const auto one = calls.add(&id);
        QTRY_VERIFY(one.isFinished());
        QTest::qWait(50); // the clock has stopped
        const auto two = calls.add(&id);
        QTRY_VERIFY(two.isFinished());
        QCOMPARE(two.result().error().code, ErrorCode::Timeout);
    }

    void aRequestMayBeMadeFromInsideAnAnswer()
    {
        PendingCalls calls;
        qint64 id = 0, next = 0;
        QFuture<PendingCalls::Answer> inner;
        calls.add(&id).then([&](const PendingCalls::Answer&) { inner = calls.add(&next); });
        calls.failAll(Error{ErrorCode::Unavailable, {}});
        QCOMPARE(next, id + 1);
        QVERIFY(!inner.isFinished()); // it belongs to what comes after
    }
};

QTEST_GUILESS_MAIN(TestPendingCalls)
#include "tst_pending_calls.moc"
