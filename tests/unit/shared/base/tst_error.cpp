// The catalogue of errors, what a Result hands on, and the table of limits.
#include "shared/base/error.h"
#include "shared/base/fingerprint.h"
#include "shared/base/limits.h"
#include "shared/base/result.h"

#include <QTest>

#include <memory>
#include <set>

using namespace cohort;

namespace {

std::vector<ErrorCode> allCodes()
{
    return {
#define COHORT_X(name, wire, number, http, retry, meaning) ErrorCode::name,
        COHORT_ERRORS(COHORT_X)
#undef COHORT_X
    };
}

Result<std::unique_ptr<int>> made(bool works)
{
    if (!works)
        return fail(ErrorCode::Busy, QStringLiteral("the queue is full"), 250);
    return std::make_unique<int>(20);
}

Result<int> doubled(bool works)
{
    COHORT_TRY(number, made(works));
    return *number * 2;
}

Result<void> checkedTwice(bool first, bool second, int& reached)
{
    COHORT_CHECK(made(first));
    ++reached;
    COHORT_CHECK(made(second));
    ++reached;
    return {};
}

} // namespace

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasItsOwnRow();
    void namesLeadBackToTheirCodes();
    void onlyWhatPassesIsWorthAnotherTry();
    void saysTheMeaningAndTheDetail();
    void aTriedValueIsMovedOut();
    void aFailureIsHandedOnWhole();
    void stopsAtTheFirstFailure();
    void limitsStandOnceAndSayWhatTheyBound();
    void limitsThatHangTogetherDo();
    void fingerprintsComeInGroupsOfFour();
};

void TestError::everyCodeHasItsOwnRow()
{
    std::set<int> numbers;
    std::set<std::string_view> names;
    for (const ErrorCode code : allCodes()) {
        const ErrorInfo& info = errorInfo(code);
        QCOMPARE(info.code, code);
        QCOMPARE(info.number, static_cast<int>(code));
        QVERIFY2(numbers.insert(info.number).second, info.name);
        QVERIFY2(names.insert(info.name).second, info.name);
        QVERIFY2(*info.meaning != 0, info.name);
        QVERIFY2(info.http == 200 || (info.http >= 400 && info.http < 600), info.name);
    }
    QCOMPARE(errorInfo(static_cast<ErrorCode>(9'999)).code, ErrorCode::Internal); // a newer server's
}

void TestError::namesLeadBackToTheirCodes()
{
    for (const ErrorCode code : allCodes()) {
        QCOMPARE(errorFromName(errorInfo(code).name), std::optional(code));
        QCOMPARE((Error{code, {}, 0}).name(), errorInfo(code).name);
    }
    QVERIFY(!errorFromName(""));
    QVERIFY(!errorFromName("Busy"));
    QVERIFY(!errorFromName("busy "));
    QVERIFY(!errorFromName(std::string_view("busy").substr(0, 3)));
}

void TestError::onlyWhatPassesIsWorthAnotherTry()
{
    for (const ErrorCode code : allCodes()) {
        const ErrorInfo& info = errorInfo(code);
        if (info.retry == Retry::Later)
            QVERIFY2(info.http == 429 || info.http == 503, info.name);
        if (info.http >= 400 && info.http < 429)
            QVERIFY2(info.retry == Retry::No, info.name); // the same request would be as wrong
    }
}

void TestError::saysTheMeaningAndTheDetail()
{
    QCOMPARE((Error{ErrorCode::Timeout, {}, 0}).message(), QStringLiteral("no answer in time"));
    const Error detailed{ErrorCode::Timeout, QStringLiteral("after 15 s"), 0};
    QCOMPARE(detailed.message(), QStringLiteral("no answer in time: after 15 s"));
}

void TestError::aTriedValueIsMovedOut()
{
    const auto result = doubled(true);
    QVERIFY(result);
    QCOMPARE(*result, 40);
}

void TestError::aFailureIsHandedOnWhole()
{
    const auto result = doubled(false);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Busy);
    QCOMPARE(result.error().detail, QStringLiteral("the queue is full"));
    QCOMPARE(result.error().retryAfterMs, 250);
}

void TestError::stopsAtTheFirstFailure()
{
    int reached = 0;
    QVERIFY(checkedTwice(true, true, reached));
    QCOMPARE(reached, 2);
    QVERIFY(!checkedTwice(true, false, reached));
    QCOMPARE(reached, 3);
    const auto neither = checkedTwice(false, true, reached);
    QCOMPARE(reached, 3);
    QCOMPARE(neither.error().retryAfterMs, 250);
}

void TestError::limitsStandOnceAndSayWhatTheyBound()
{
    std::set<std::string_view> names;
    for (const Limit& limit : limits()) {
        QVERIFY2(names.insert(limit.name).second, limit.name);
        QVERIFY2(limit.value > 0, limit.name);
        QVERIFY2(*limit.unit != 0 && *limit.meaning != 0, limit.name);
    }
    QVERIFY(names.contains("FailuresFree") && names.contains("ParticipantSessionDays"));
}

// What the statements of server/store go by without asking.
void TestError::limitsThatHangTogetherDo()
{
    QVERIFY(ListLimit <= ListLimitMost && ChartPoints <= ChartPointsMost);
    QVERIFY(PasswordLeast < PasswordMost && ParticipantPasswordLeast < PasswordMost && UserNameLeast < UserNameMost);
    QVERIFY(OperatorSessionStepS < OperatorSessionS); // else a session in use would be extended at each call
    QVERIFY(NodeChosenS <= NodeAliveS);               // who leaves is put back to NodeAliveS, and must not be chosen
    QVERIFY(FailuresFree < FailuresFreeOfAddress);    // several people behind one address
    QVERIFY(FailureWaitMostS <= FailuresForgivenAfterS && FailuresForgivenAfterS <= FailuresKeptS);
    QVERIFY(ScriptBytesMost < FrameBytesMost && TextCharactersMost < FrameBytesMost);
    QVERIFY(ImportCharactersMost < FrameBytesMost && ScriptTextMost <= TextCharactersMost);
    QVERIFY(CommandExpiryLeastMs <= CommandExpiryMs && CommandExpiryMs <= CommandExpiryMostMs);
}

void TestError::fingerprintsComeInGroupsOfFour()
{
    QCOMPARE(fingerprintGroups("0a1b2c3d"), QStringList({QStringLiteral("0A1B"), QStringLiteral("2C3D")}));
    QCOMPARE(fingerprintGroups("0a1b2"), QStringList({QStringLiteral("0A1B"), QStringLiteral("2")}));
    QVERIFY(fingerprintGroups("").isEmpty());
    QCOMPARE(fingerprintGroups(QByteArray(64, 'f')).size(), 16);
}

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
