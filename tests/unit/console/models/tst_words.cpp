// Words of states, times, numbers and errors, at the bounds where they turn into others.

#include "console/models/words.h"
#include "shared/protocol/operation.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTimeZone>
#include <QtTest>

#include <array>
#include <limits>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

const QString& textOf(const QString& text)
{
    return text;
}
const QString& textOf(const words::Word& word)
{
    return word.text;
}

// Each value has words of its own.
template <typename E, typename Say>
void expectDistinct(Say say)
{
    constexpr auto names = enumNames(E{});
    QSet<QString> texts;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto word = say(static_cast<E>(i));
        QVERIFY2(!textOf(word).isEmpty(), names[i]);
        texts.insert(textOf(word));
    }
    QCOMPARE(texts.size(), static_cast<qsizetype>(names.size()));
}

} // namespace

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_F36_theLogsWordsAreSaidInWords_data()
    {
        QTest::addColumn<model::TimelineKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        using Kind = model::TimelineKind;
        QTest::newRow("a command") << Kind::Event << u"command-finished: stove"_s << u"stove: a command ended"_s;
        QTest::newRow("a connection") << Kind::Event << u"device-disconnected: stove"_s
                                      << u"stove: lost its connection"_s;
        QTest::newRow("without a device") << Kind::Event << u"configuration"_s << u"what scripts can see was changed"_s;
        QTest::newRow("a newer server's") << Kind::Event << u"moon-risen: x"_s << u"x: something happened"_s;
        QTest::newRow("installed") << Kind::Script << u"installed"_s << u"a script began to run here"_s;
        QTest::newRow("an answer") << Kind::AlertAnswer << u"act"_s << words::alertAnswer(model::AnswerKind::Act);
        QTest::newRow("an answer with a note") << Kind::AlertAnswer << u"comment: as ever: late"_s
                                               << words::alertAnswer(model::AnswerKind::Comment) + u": as ever: late"_s;
        QTest::newRow("a text of a person") << Kind::Message << u"timer: is it on?"_s << u"timer: is it on?"_s;
    }
    void finding_F36_theLogsWordsAreSaidInWords()
    {
        QFETCH(model::TimelineKind, kind);
        QFETCH(QString, text);
        QTEST(words::timelineText({.time = {}, .kind = kind, .text = text, .object = {}}), "says");
    }
    void finding_F36_whoHasANameIsCalledByIt()
    {
        QCOMPARE(words::actor(u"operator:2"_s, u"Anna Berg"_s), u"Anna Berg"_s);
        QCOMPARE(words::actor(u"participant:2"_s, u"P-0108"_s), u"P-0108"_s);
        QCOMPARE(words::actor(u"operator:2"_s, {}), u"operator 2"_s);
    }

    // Of the protocol's table, and of what the server writes into the log besides.
    void finding_F36_everythingThatIsAuditedHasItsWords()
    {
        QStringList names;
        for (const protocol::Operation& one : protocol::operations())
            names.append(QString::fromLatin1(one.name));
        const QRegularExpression written(u"u\"([a-z]+\\.[a-zA-Z]+)\"_s|'([a-z]+\\.[a-zA-Z]+)'"_s);
        for (const QString& file : {u"api/inbox/inbox_requests.cpp"_s, u"api/dispatch/caller.cpp"_s,
                                    u"api/dispatch/sign_in.cpp"_s, u"api/devices/cloud_requests.cpp"_s,
                                    u"app/import_command.cpp"_s, u"store/sql/device/make_behind_gateway.sql"_s}) {
            QFile source(QStringLiteral(COHORT_SOURCE_DIR "/server/") + file);
            QVERIFY2(source.open(QIODevice::ReadOnly), qPrintable(file));
            const QString text = QString::fromUtf8(source.readAll());
            qsizetype found = 0;
            for (auto match = written.globalMatch(text); match.hasNext(); ++found) {
                const auto one = match.next();
                names.append(one.captured(1).isEmpty() ? one.captured(2) : one.captured(1));
            }
            QVERIFY2(found > 0, qPrintable(file));
        }
        names.removeDuplicates();
        QVERIFY(names.size() > 80);
        QSet<QString> said;
        for (const QString& name : names) {
            const QString text = words::deed(name);
            QVERIFY2(text != name && !text.contains(u'.'), qPrintable(name));
            QVERIFY2(!said.contains(text), qPrintable(name));
            said.insert(text);
        }
        QCOMPARE(words::deed(u"moon.rise"_s), u"moon.rise"_s); // a newer server's
        QCOMPARE(words::object(u"location:12"_s), u"home 12"_s);
        QCOMPARE(words::object(u"moon:12"_s), u"moon:12"_s);
    }
    void finding_F36_everyEventHasItsWords()
    {
        QFile source(QStringLiteral(COHORT_SOURCE_DIR "/server/store/log/log_row.cpp"));
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QString table = QString::fromUtf8(source.readAll()).section(u"Names{"_s, 1).section(u'}', 0, 0);
        const QRegularExpression name(u"\"([a-z-]+)\""_s);
        qsizetype found = 0;
        for (auto match = name.globalMatch(table); match.hasNext(); ++found) {
            const QString kind = match.next().captured(1);
            QVERIFY2(words::event(kind) != words::event(u"moon-risen"_s), qPrintable(kind));
        }
        QVERIFY(found >= 14);
    }

    void noTwoStatesOfAThingReadTheSame()
    {
        expectDistinct<model::CommandState>(words::commandState);
        expectDistinct<model::Reporting>(words::reporting);
        expectDistinct<model::ParticipantStatus>(words::participantStatus);
        expectDistinct<model::TimelineKind>(words::timelineKind);
        expectDistinct<model::AlertState>(words::alertState);
        expectDistinct<model::Severity>(words::severity);
        expectDistinct<model::MessageState>(words::messageState);
        expectDistinct<model::ScriptStatus>(words::scriptStatus);
        expectDistinct<model::InstanceStatus>(words::instanceStatus);
        expectDistinct<model::RunStatus>(words::runStatus);
        expectDistinct<model::AttentionKind>(words::attentionKind);
        expectDistinct<model::EffectKind>(words::effectKind);
        expectDistinct<model::AnswerKind>(words::alertAnswer);
        expectDistinct<model::OperatorRole>(words::operatorRole);
        expectDistinct<model::HomeRole>(words::homeRole);
        expectDistinct<model::Language>(words::language);
    }

    void onlyTroubleLooksLikeTrouble()
    {
        for (std::size_t i = 0; i < enumNames(model::RunStatus{}).size(); ++i) {
            const auto status = static_cast<model::RunStatus>(i);
            QCOMPARE(words::runStatus(status).tone, status == model::RunStatus::Ok ? Tone::Good : Tone::Bad);
        }
        QCOMPARE(words::commandState(model::CommandState::Expired).tone, Tone::Warning);
        QCOMPARE(words::reporting(model::Reporting::Never).tone, Tone::Neutral);
        QCOMPARE(words::alertState(model::AlertState::Resolved).tone, Tone::Good);
        QCOMPARE(words::composerStatus(model::ComposerStatus::Off).tone, Tone::Bad);
    }

    void timePassesInTheLargestWholeUnit()
    {
        const QDateTime now(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
        const auto after = [&](qint64 seconds) { return words::ago(now.addSecs(-seconds), now); };
        QCOMPARE(after(9), u"now"_s);
        QCOMPARE(after(10), u"10 s ago"_s);
        QCOMPARE(after(59), u"59 s ago"_s);
        QCOMPARE(after(60), u"1 min ago"_s);
        QCOMPARE(after(3599), u"59 min ago"_s);
        QCOMPARE(after(3600), u"1 h ago"_s);
        QCOMPARE(after(86'399), u"23 h ago"_s);
        QCOMPARE(after(86'400), u"1 day(s) ago"_s);
        QCOMPARE(after(10 * 86'400 - 1), u"9 day(s) ago"_s);
        QCOMPARE(after(-300), u"now"_s); // a clock that is ahead
        QCOMPARE(words::agoNow(std::optional<Timestamp>()), u"never"_s);
    }

    // With its date, however near it is, and with the name of the zone in which it is told.
    void finding_F29_aMomentHasItsDateAndItsZone_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDateTime>("utc");
        QTest::addColumn<QDate>("date");
        QTest::addColumn<QString>("clock");
        QTest::addColumn<QString>("name");
        const QDateTime winter(QDate(2026, 11, 26), QTime(1, 37, 5), Qt::UTC);
        const QDateTime summer(QDate(2026, 7, 1), QTime(22, 30), Qt::UTC);
        QTest::newRow("winter") << QByteArray("Europe/Vienna") << winter << QDate(2026, 11, 26) << u"02:37:05"_s
                                << u"CET"_s;
        QTest::newRow("summer, the next day")
            << QByteArray("Europe/Vienna") << summer << QDate(2026, 7, 2) << u"00:30:00"_s << u"CEST"_s;
        QTest::newRow("west, the day before")
            << QByteArray("Pacific/Pago_Pago") << winter << QDate(2026, 11, 25) << u"14:37:05"_s << u"SST"_s;
        QTest::newRow("UTC") << QByteArray("UTC") << winter << QDate(2026, 11, 26) << u"01:37:05"_s << u"UTC"_s;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QTest::newRow("just now") << QByteArray("UTC") << now << now.date() << now.toString(u"HH:mm:ss"_s) << u"UTC"_s;
    }
    void finding_F29_aMomentHasItsDateAndItsZone()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDateTime, utc);
        QFETCH(QDate, date);
        QFETCH(QString, clock);
        QFETCH(QString, name);
        const QString wanted = QLocale().toString(date, QLocale::ShortFormat) + u' ' + clock + u' ' + name;
        QCOMPARE(words::moment(utc, QTimeZone(zone)), wanted);
        QCOMPARE(words::moment(std::optional(fromMs(utc.toMSecsSinceEpoch())), QTimeZone(zone)), wanted);
        QCOMPARE(words::moment(utc, words::zoneOf(QString::fromLatin1(zone))), wanted);
    }

    void whatIsNoMomentIsADash()
    {
        QCOMPARE(words::moment(QDateTime(), QTimeZone("Asia/Kathmandu")), u"–"_s);
        const auto stamp = std::optional(fromMs(1'767'225'600'000));
        QCOMPARE(words::dateTime(stamp), QDateTime(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC));
        QVERIFY(!words::dateTime({}).isValid());
        QVERIFY(words::zoneOf(u"Nowhere/Else"_s).isValid()); // the operator's
    }

    void numbersHaveNoDigitThatSaysNothing()
    {
        QCOMPARE(words::number(0.005), u"0.01"_s);
        QCOMPARE(words::number(0.0049), u"0"_s);
        QCOMPARE(words::number(-0.004), u"0"_s); // and no sign
        QCOMPARE(words::number(-0.0), u"0"_s);
        QCOMPARE(words::number(-1.5), u"-1.5"_s);
        QCOMPARE(words::number(2.349, 1), u"2.3"_s);
        QCOMPARE(words::number(2.5, 0), u"3"_s);
        QCOMPARE(words::number(0.1 + 0.2, 6), u"0.3"_s);
        QCOMPARE(words::number(1'767'225'600'000.0), u"1767225600000"_s);
        QCOMPARE(words::number(123'456'789'012.34), u"123456789012.34"_s);
        QCOMPARE(words::number(9'007'199'254'740'992.0), u"9007199254740992"_s); // finding_F21
        QCOMPARE(words::number(-1e15), u"-1000000000000000"_s);
        QCOMPARE(words::number(1e300), u"1e+300"_s);
        QCOMPARE(words::number(std::numeric_limits<double>::infinity()), u"–"_s);
    }

    void figuresHaveTheirUnitAndADashWhereNothingIsKnown()
    {
        QCOMPARE(words::figure(2.34, 1, u"ms"_s), u"2.3\u202fms"_s);
        QCOMPARE(words::figure(2.34, 1), u"2.3"_s);
        QCOMPARE(words::figure({}, 1, u"ms"_s), u"–"_s);
        QCOMPARE(words::figure(0.0, 1, u"ms"_s), u"0\u202fms"_s);
        QCOMPARE(words::value(QVariant(true), u"W"_s), u"1"_s);
        QCOMPARE(words::value(QVariant(false), {}), u"0"_s);
        QCOMPARE(words::value(QVariant(21.456), u"°C"_s), u"21.46\u202f°C"_s);
        QCOMPARE(words::value(Value::ofNumber(21.456), u"°C"_s), u"21.46\u202f°C"_s);
        QCOMPARE(words::value(Value::ofInteger(9007199254740993), u"Wh"_s), u"9007199254740993\u202fWh"_s);
        QCOMPARE(words::value(Value{}, u"W"_s), u"–"_s);
        QCOMPARE(words::value(model::Sample{Value::ofText(""), fromMs(0)}, u"W"_s), QString());
    }

    void jsonIsReadInOneLine()
    {
        const QJsonObject inner{{u"b"_s, 2}, {u"a"_s, QJsonArray{1, u"x"_s, true}}};
        QCOMPARE(words::line(QJsonObject{{u"event"_s, inner}, {u"late"_s, false}}),
                 u"event: a: 1; x; true, b: 2, late: false"_s);
        QCOMPARE(words::line(QJsonObject()), QString());
        QCOMPARE(words::line(QJsonValue::Null), QString());
    }

    void everyErrorIsToldInASentence()
    {
        constexpr std::array Codes{
#define COHORT_X(name, wire, number, http, retry, meaning) ErrorCode::name,
            COHORT_ERRORS(COHORT_X)
#undef COHORT_X
        };
        QSet<QString> texts;
        for (const ErrorCode code : Codes) {
            const QString text = words::error(Error{code, {}, 0});
            QVERIFY2(text.endsWith(u'.'), qPrintable(text));
            texts.insert(text);
        }
        QCOMPARE(texts.size(), static_cast<qsizetype>(Codes.size()));
    }

    void anErrorKeepsItsDetailAndItsWaitingTime()
    {
        const QString text = words::error(Error{ErrorCode::TooLarge, u"'name' has %1 <b>"_s, 0});
        QVERIFY2(text.endsWith(u" ('name' has %1 <b>)"_s), qPrintable(text));
        const auto waiting = [](int ms) { return words::error(Error{ErrorCode::TooOften, {}, ms}); };
        QVERIFY(waiting(1).endsWith(u" 1 second(s)."_s));
        QVERIFY(waiting(1000).endsWith(u" 1 second(s)."_s));
        QVERIFY(waiting(1001).endsWith(u" 2 second(s)."_s));
        QVERIFY(!waiting(0).contains(u"second"_s));
        QVERIFY(!waiting(-5).contains(u"second"_s));
    }

    void wordsOfOthersAreShownAsTheyCame()
    {
        QCOMPARE(words::roomKind(u"living"_s), u"living room"_s);
        QCOMPARE(words::roomKind(u"sauna"_s), u"sauna"_s);
        QCOMPARE(words::deviceUse(u"medication"_s), u"medication box"_s);
        QCOMPARE(words::deviceType(u"Teapot"_s), u"Teapot"_s);
        QCOMPARE(words::roomName(u"living"_s, u"living"_s), u"living room"_s);
        QCOMPARE(words::roomName(u"living"_s, u"Salon"_s), u"Salon"_s);
        QCOMPARE(words::roomName(u"living"_s, {}), u"living room"_s);
        QCOMPARE(words::actor(u"script:5"_s), u"script 5"_s);
        QCOMPARE(words::actor(u"system"_s), u"the server"_s);
        QCOMPARE(words::actor(u"local"_s), u"local"_s);
        QCOMPARE(words::actor(u"script:%1"_s), u"script %1"_s);
        for (const QString& kind : words::roomKinds())
            QVERIFY(!words::roomKind(kind).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
