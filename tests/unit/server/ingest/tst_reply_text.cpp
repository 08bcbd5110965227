#include "server/ingest/rate_limit.h"
#include "server/ingest/reply_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cohort;
using namespace cohort::ingest;

namespace {

QJsonObject parsed(const UploadReply& reply)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(reply.json)).object();
}

} // namespace

class TestReplyText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheAcknowledgementToTheLetter();
    void writesARejectionToTheLetter();
    void namesTheMessageOfAList();
    void fallsBackToTheMeaningOfTheCode();
    void quotesWhatADeviceSent();
    void answersErrorsWithTheirStatus_data();
    void answersErrorsWithTheirStatus();
    void letsABurstThroughAndThenTheRate();
    void letsOneLargeUploadThroughAfterQuiet();
};

void TestReplyText::writesTheAcknowledgementToTheLetter()
{
    QCOMPARE(committedReply(false, "17", fromMs(1465517031512), {}, false).json,
             std::string(R"({"version":"2","status":"ACK","sequenceNumber":17,"time":1465517031512})"));
    QCOMPARE(committedReply(true, "", fromMs(5), {}, false).json,
             std::string(R"({"version":"2","status":"CONT","time":5})"));
}

void TestReplyText::writesARejectionToTheLetter()
{
    const std::vector<Rejection> rejected{{{"measure", 0, 0, 0}, ErrorCode::TimeInFuture, "set the clock"}};
    QCOMPARE(
        committedReply(false, "17", fromMs(5), rejected, false).json,
        std::string(R"({"version":"2","status":"ACK","sequenceNumber":17,"time":5,"rejected":[{"measure":0,"param":0,)"
                    R"("code":"time-in-future","message":"set the clock"}]})"));
}

void TestReplyText::namesTheMessageOfAList()
{
    const std::vector<Rejection> rejected{{{"measure", 3, 1, -1}, ErrorCode::WrongMeasurement, std::string(200, 'x')}};
    const QJsonObject json = parsed(committedReply(false, "", fromMs(5), rejected, true));
    const QJsonValue one = json[QStringLiteral("rejected")][0];
    QCOMPARE(one[QStringLiteral("item")].toInt(), 3);
    QCOMPARE(one[QStringLiteral("measure")].toInt(), 1);
    QVERIFY(one[QStringLiteral("param")].isUndefined());
    QCOMPARE(one[QStringLiteral("message")].toString(), QString(200, QLatin1Char('x')));
}

void TestReplyText::fallsBackToTheMeaningOfTheCode()
{
    const std::vector<Rejection> rejected{{{}, ErrorCode::TooManyStreams, {}}};
    const QJsonObject json = parsed(committedReply(false, "", fromMs(5), rejected, false));
    QCOMPARE(json[QStringLiteral("rejected")][0][QStringLiteral("message")].toString(),
             QString::fromUtf8(errorInfo(ErrorCode::TooManyStreams).meaning));
}

void TestReplyText::quotesWhatADeviceSent()
{
    const std::string nasty("\"\\\n\x01<\xc3\xa9>");
    const auto json = QJsonDocument::fromJson("[" + QByteArray::fromStdString(jsonQuoted(nasty)) + "]");
    QCOMPARE(json[0].toString(), QString::fromStdString(nasty));
}

void TestReplyText::answersErrorsWithTheirStatus_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("http");
    QTest::addColumn<bool>("again");
    const auto row = [](ErrorCode code, const char* status, int http, bool again) {
        QTest::newRow(errorInfo(code).name) << static_cast<int>(code) << QString::fromLatin1(status) << http << again;
    };
    row(ErrorCode::CannotParse, "ERR_FORMAT", 400, false);
    row(ErrorCode::TooLarge, "ERR_FORMAT", 413, false);
    row(ErrorCode::DatabaseError, "ERR_FORMAT", 400, false);
    row(ErrorCode::NoSuchDevice, "UNKNOWN", 404, false);
    row(ErrorCode::NotSignedIn, "UNAUTHORIZED", 401, false);
    row(ErrorCode::TooOften, "ERR", 429, true);
    row(ErrorCode::Busy, "ERR", 503, true);
    row(ErrorCode::DatabaseLost, "ERR", 503, true);
    row(ErrorCode::Unavailable, "ERR", 503, true);
    row(ErrorCode::Timeout, "ERR", 503, true);
    row(ErrorCode::Internal, "ERR", 503, true);
}

void TestReplyText::answersErrorsWithTheirStatus()
{
    QFETCH(int, code);
    QFETCH(QString, status);
    QFETCH(int, http);
    QFETCH(bool, again);
    const UploadReply reply =
        failedReply(Error{static_cast<ErrorCode>(code), QStringLiteral("\"why\""), 0}, "[1]", fromMs(5));
    const QJsonObject json = parsed(reply);
    QCOMPARE(json[QStringLiteral("status")].toString(), status);
    QCOMPARE(reply.http, http);
    QCOMPARE(reply.retryAfterMs > 0, again);
    QCOMPARE(json[QStringLiteral("retryAfterMs")].toInt(), reply.retryAfterMs);
    QCOMPARE(json[QStringLiteral("sequenceNumber")][0].toInt(), 1);
    QVERIFY(json[QStringLiteral("message")].toString().contains(QStringLiteral("\"why\"")));
}

void TestReplyText::letsABurstThroughAndThenTheRate()
{
    using std::chrono::microseconds;
    std::atomic<std::int64_t> due{0};
    const RateLimit limit{10, microseconds(1'000'000)};
    const microseconds start(50'000'000);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(limit.acquire(due, 1, start).count(), 0);
    QCOMPARE(limit.acquire(due, 1, start).count(), 100'000);
    QCOMPARE(limit.acquire(due, 1, start + microseconds(100'000)).count(), 0);
    QVERIFY(limit.acquire(due, 1, start + microseconds(100'000)).count() > 0);
}

void TestReplyText::letsOneLargeUploadThroughAfterQuiet()
{
    using std::chrono::microseconds;
    std::atomic<std::int64_t> due{0};
    const RateLimit limit{10, microseconds(1'000'000)};
    QCOMPARE(limit.acquire(due, 500, microseconds(1)).count(), 0);
    QVERIFY(limit.acquire(due, 1, microseconds(2)).count() > 40'000'000);
}

QTEST_GUILESS_MAIN(TestReplyText)
#include "tst_reply_text.moc"
