// What a device's request says: who it is, how long it waits, which commands it has; wrong ones are told what is right.
#include "server/edge/credentials.h"
#include "server/edge/poll_request.h"
#include "server/net/text.h"

#include <QTest>

#include <limits>

using namespace cohort;
using namespace cohort::edge;
using std::chrono::milliseconds;

namespace {

net::Request polling(std::vector<std::pair<std::string, std::string>> query)
{
    net::Request request;
    request.method = "GET";
    request.query = std::move(query);
    return request;
}

Result<PollRequest> parsed(std::vector<std::pair<std::string, std::string>> query)
{
    return parsePoll(polling(std::move(query)), EdgeOptions());
}

Credentials with(const std::string& header, const std::string& value)
{
    net::Request request;
    request.headers = {{header, value}};
    return credentialsOf(request);
}

bool isToken(const Credentials& found, const std::string& token)
{
    return found.kind == Credentials::Kind::Token && found.token == token;
}

bool isMalformed(const Credentials& found)
{
    return found.kind == Credentials::Kind::Malformed && found.token.empty();
}

} // namespace

class TestRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPollEndsBeforeItsClientGivesUp();
    void aPollLastsFromOneSecondToTwoMinutes();
    void aPollTakesAHundredAcknowledgements();
    void finding_S5_aQueryNamesOneDeviceOnce_data();
    void finding_S5_aQueryNamesOneDeviceOnce();
    void aTokenComesInEitherHeader();
    void aTokenIsPrintableAndOfBoundedLength();
    void aHeaderThatIsThereIsNeverPassedOver();
    void commandsAreTheLastMemberOfAReply();
    void commandsHaveOneFormWhoeverAsked_data();
    void commandsHaveOneFormWhoeverAsked();
};

void TestRequests::aPollEndsBeforeItsClientGivesUp()
{
    QCOMPARE(parsed({{"id", "D"}})->timeout, milliseconds(59'500)); // the usual minute
    QCOMPARE(parsed({{"timeout", "60"}})->timeout, milliseconds(59'500));
    QCOMPARE(parsed({{"timeout", "1"}})->timeout, milliseconds(500));
    EdgeOptions options;
    options.usualPoll = milliseconds(100); // half of it at the most
    QCOMPARE(parsePoll(polling({}), options)->timeout, milliseconds(50));
    QCOMPARE(parsed({{"id", "D"}})->id, std::string("D"));
    QVERIFY(parsed({})->id.empty());
}

void TestRequests::aPollLastsFromOneSecondToTwoMinutes()
{
    QCOMPARE(parsed({{"timeout", "120"}})->timeout, milliseconds(119'500));
    for (const char* wrong : {"0", "-1", "121", "", "x", "1.5", " 1", "1s", "0x10", "99999999999999999999"}) {
        const auto poll = parsed({{"timeout", wrong}});
        QVERIFY2(!poll, wrong);
        QCOMPARE(poll.error().code, ErrorCode::CannotParse);
        QVERIFY(poll.error().detail.contains(QStringLiteral("timeout is a whole number from 1 to 120")));
    }
}

void TestRequests::aPollTakesAHundredAcknowledgements()
{
    std::vector<std::pair<std::string, std::string>> query;
    for (int id = 1; id <= 100; ++id)
        query.emplace_back("cmdId", std::to_string(id));
    const auto all = parsed(query);
    QVERIFY(all);
    QCOMPARE(all->received.size(), std::size_t{100});
    QVERIFY(all->received.front() == 1 && all->received.back() == 100);
    query.emplace_back("cmdId", "101");
    QVERIFY(!parsed(query));
    const auto greatest = std::numeric_limits<std::int64_t>::max();
    QCOMPARE(parsed({{"cmdId", std::to_string(greatest)}})->received.front(), greatest);
    for (const char* wrong : {"", "0", "-5", "9223372036854775808", "7,8", "abc"})
        QVERIFY2(!parsed({{"cmdId", "1"}, {"cmdId", wrong}}), wrong);
}

void TestRequests::finding_S5_aQueryNamesOneDeviceOnce_data()
{
    QTest::addColumn<QByteArray>("query"); // as it stands in the request
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("said"); // nothing: it is taken
    const auto row = [](const char* query, const char* id, const char* said) {
        QTest::newRow(*query ? query : "none") << QByteArray(query) << QByteArray(id) << QByteArray(said);
    };
    row("", "", "");
    row("timeout=5", "", "");
    row("id=gateway-a", "gateway-a", "");
    row("id=gateway%2Da", "gateway-a", "");
    row("%69d=gateway-a", "gateway-a", "");
    row("id=a&cmdId=1&cmdId=1", "a", "");
    row("id=a&firmware=1&firmware=2", "a", ""); // nobody here reads it
    row("id=a&id=b", "", "id stands twice");
    row("id=b&timeout=5&id=a", "", "id stands twice");
    row("id=a&id=a", "", "id stands twice");
    row("id=gateway-a&id=gateway%2Da", "", "id stands twice");
    row("id=a&%69d=b", "", "id stands twice");
    row("id=&id=a", "", "id is empty");
    row("id=a&id=", "", "id stands twice");
    row("id=", "", "id is empty");
    row("id", "", "id is empty");
    row("ID=a", "", "write id");
    row("id=a&Id=b", "", "write id");
    row("deviceId=b", "", "write id"); // a device by another name is not passed over
    row("id=a&proxyId=b", "", "write id");
    row("hubid=b&timeout=5", "", "write id");
    row("device=b", "", "write id");
    row("id=a&device_id=b", "", "write id");
    row("Device-Id=b", "", "write id");
    row("id=a&gateway=b", "", "write id");
    row("deviceKey=b&timeout=5", "", "write id");
    row("id=a&id[]=b", "", "write id");
    row("id=a&deviceType=20016", "a", ""); // says what it is, not which
    row("id=a&timeout=1&timeout=60", "", "timeout stands twice");
    row("id=a&Timeout=60", "", "write timeout");
    row("id=a&cmdid=1", "", "write cmdId");
}

void TestRequests::finding_S5_aQueryNamesOneDeviceOnce()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, said);
    const net::Request request = polling(*net::parsedQuery(query.toStdString()));
    const auto found = idOf(request);
    QCOMPARE(found.has_value(), said.isEmpty());
    QCOMPARE(parsePoll(request, EdgeOptions()).has_value(), said.isEmpty());
    if (found)
        QCOMPARE(QByteArray::fromStdString(*found), id);
    else
        QVERIFY2(found.error().detail.contains(QLatin1String(said)), qPrintable(found.error().detail));
    if (!found)
        QCOMPARE(found.error().code, ErrorCode::CannotParse);
}

void TestRequests::aTokenComesInEitherHeader()
{
    QVERIFY(isToken(with("PPCAuthorization", "esp token=abc"), "abc"));
    QVERIFY(isToken(with("ppcauthorization", " ESP  Token = \"abc\" "), "abc"));
    QVERIFY(isToken(with("Authorization", "Bearer abc"), "abc"));
    QVERIFY(isToken(with("authorization", "BEARER\x20 abc"), "abc"));
    QVERIFY(isToken(with("Authorization", "Bearer a=b/c+d=="), "a=b/c+d=="));
    net::Request both;
    both.headers = {{"Authorization", "Bearer second"}, {"PPCAuthorization", "esp token=first"}};
    QVERIFY(isToken(credentialsOf(both), "first"));
    QVERIFY(credentialsOf({}).kind == Credentials::Kind::None);
}

void TestRequests::aTokenIsPrintableAndOfBoundedLength()
{
    const std::string longest(512, 't');
    QVERIFY(isToken(with("Authorization", "Bearer " + longest), longest));
    QVERIFY(isMalformed(with("Authorization", "Bearer " + longest + "t")));
    for (const char* wrong : {"a b", "a\tb", "a\x7f", "a\xc3\xa4", "a\"b", "\"\"", "\""})
        QVERIFY2(isMalformed(with("Authorization", std::string("Bearer ") + wrong)), wrong);
    QVERIFY(isToken(with("Authorization", "Bearer ~!"), "~!"));
}

void TestRequests::aHeaderThatIsThereIsNeverPassedOver()
{
    for (const char* wrong :
         {"", "esp", "esp token", "esp token=", "esp abc", "token=abc", "basic abc", "esptoken=abc"})
        QVERIFY2(isMalformed(with("PPCAuthorization", wrong)), wrong);
    for (const char* wrong : {"", "Bearer", "Bearer ", "Basic abc", "Bearerabc", "abc"})
        QVERIFY2(isMalformed(with("Authorization", wrong)), wrong);
    net::Request both;
    both.headers = {{"Authorization", "Bearer fine"}, {"PPCAuthorization", "nonsense"}};
    QVERIFY(isMalformed(credentialsOf(both)));
}

void TestRequests::commandsAreTheLastMemberOfAReply()
{
    actions::OutgoingCommand one;
    one.id = CommandId{463};
    one.deviceKey = "D1";
    one.parameters = "[]";
    const std::string text = R"({"commandId":463,"type":0,"deviceId":"D1","parameters":[]})";
    QCOMPARE(commandsText(one), R"({"version":"2","commands":[)" + text + "]}");
    QCOMPARE(withCommands(R"({"status":"ACK"})", {one, one}),
             R"({"status":"ACK","commands":[)" + text + "," + text + "]}");
    QCOMPARE(withCommands(R"({"status":"ACK"})", {}), std::string(R"({"status":"ACK"})"));
    QCOMPARE(withCommands("OK", {one}), std::string("OK")); // no object: nothing to put them in
}

void TestRequests::commandsHaveOneFormWhoeverAsked_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("a text") << QByteArray(R"({"name":"level","index":"","value":"1"})") << QByteArray("1");
    QTest::newRow("a number") << QByteArray(R"({"name": "level", "value": 1})") << QByteArray("1");
    QTest::newRow("no index") << QByteArray(R"({"name":"level","index":null,"value":20.5})") << QByteArray("20.5");
    QTest::newRow("a boolean") << QByteArray(R"({"name":"level","value":true})") << QByteArray("1");
    QTest::newRow("all digits") << QByteArray(R"({"name":"level","value":1767225600000})")
                                << QByteArray("1767225600000");
    QTest::newRow("words") << QByteArray(R"({"name":"level","value":"a \"b\""})") << QByteArray(R"(a \"b\")");
}

void TestRequests::commandsHaveOneFormWhoeverAsked()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, value);
    actions::OutgoingCommand one;
    one.id = CommandId{463};
    one.deviceKey = "D1";
    one.parameters = ("[" + asked + "]").toStdString();
    QCOMPARE(QByteArray::fromStdString(one.toJson()),
             R"({"commandId":463,"type":0,"deviceId":"D1","parameters":[{"index":"","name":"level","value":")" + value +
                 "\"}]}");
}

QTEST_APPLESS_MAIN(TestRequests)
#include "tst_requests.moc"
