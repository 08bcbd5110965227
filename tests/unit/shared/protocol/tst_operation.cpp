#include "shared/protocol/operation.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <set>

using namespace cohort;
using namespace cohort::protocol;

namespace {

QJsonObject parsed(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

// A member a line: its path, kind, bounds, and whether it may be missing; those of lists and parts below it.
void writeMembers(QByteArray& text, const QByteArray& path, const std::vector<model::Field>& members)
{
    for (const auto& member : members) {
        const QByteArray own = path + member.name;
        text += own + ": " + model::kindName(member.kind);
        if (member.noun != model::Noun::None)
            text += QByteArray(" of ") + model::nounName(member.noun);
        for (const char* choice : member.choices)
            text += QByteArray(" ") + choice;
        if (member.rule.most > 0)
            text += ' ' + QByteArray::number(member.rule.least) + ".." + QByteArray::number(member.rule.most);
        text += member.isOptional || member.rule.mayBeNone ? " or null" : "";
        text += member.isFlat ? ", may be missing" : "";
        text += member.rule.isSecret ? ", secret\n" : "\n";
        if (member.kind == model::Kind::Struct)
            writeMembers(text, own + '.', member.of);
        else if (!member.of.empty())
            writeMembers(text, own + (member.kind == model::Kind::List ? "[]" : "{}"), member.of);
    }
}

QByteArray description()
{
    QByteArray text;
    for (const auto& row : operations()) {
        text += QByteArray(row.name) + " roles " + QByteArray::number(row.roles) + (row.changes ? " changes" : "") +
                " topics " + row.topics + '\n';
        writeMembers(text, "  takes ", row.parameters);
        writeMembers(text, "  gives ", row.result);
    }
    for (const auto& topic : topics()) {
        text += QByteArray("topic ") + topic.name + " of " + model::nounName(topic.filter) + '\n';
        writeMembers(text, "  tells ", topic.item);
    }
    return text;
}

} // namespace

class TestOperation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreUniqueAndShapedNounVerb()
    {
        std::set<std::string> seen;
        for (const auto& row : operations()) {
            QVERIFY2(seen.insert(row.name).second, row.name);
            const std::string name = row.name;
            QVERIFY2(name.find('.') != std::string::npos || name.ends_with("subscribe"), row.name);
            QVERIFY2((row.access == Access::ByRole || row.access == Access::Everywhere) == (row.roles != 0), row.name);
            for (const QString& topic : QString::fromLatin1(row.topics).split(QLatin1Char(' '), Qt::SkipEmptyParts))
                QVERIFY2(findTopic(topic.toStdString()) != nullptr, row.name);
        }
    }

    void findsOnlyWhatIsThere()
    {
        QVERIFY(findOperation("alert.act") != nullptr);
        QVERIFY(findOperation("alert.Act") == nullptr);
        QVERIFY(findOperation("") == nullptr);
    }

    void secretsAreNeverAudited()
    {
        for (const auto& row : operations())
            for (const auto& parameter : row.parameters)
                for (const char* name : {"password", "old", "new", "token", "code", "phone", "text", "csv", "source"})
                    if (std::string_view(name) == parameter.name && parameter.kind == model::Kind::Text)
                        QVERIFY2(parameter.rule.isSecret, row.name);
    }

    void refusesWhatTheTableDoesNotTake_data()
    {
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("names");
        const auto row = [](const char* name, const char* operation, const char* params, const char* code,
                            const char* names) {
            QTest::newRow(name) << QByteArray(operation) << QByteArray(params) << QByteArray(code) << QByteArray(names);
        };
        row("missing", "location.get", "{}", "missing-value", "'id'");
        row("unknown", "location.get", R"({"id":1,"x":2})", "wrong-value", "'x'");
        row("text for id", "location.get", R"({"id":"1"})", "wrong-value", "'id'");
        row("zero id", "location.get", R"({"id":0})", "wrong-value", "'id'");
        row("negative id", "location.get", R"({"id":-5})", "wrong-value", "'id'");
        row("broken id", "location.get", R"({"id":1.5})", "wrong-value", "'id'");
        row("huge id", "location.get", R"({"id":1e300})", "wrong-value", "'id'");
        row("null id", "location.get", R"({"id":null})", "wrong-value", "'id'");
        row("list for id", "location.get", R"({"id":[1]})", "wrong-value", "'id'");
        row("empty name", "location.create", R"({"deployment":1,"name":""})", "wrong-value", "'name'");
        row("NUL in a name", "location.create", R"({"deployment":1,"name":"a\u0000b"})", "wrong-value", "'name'");
        row("choice", "location.create", R"({"deployment":1,"name":"a","clock":"fast"})", "wrong-value", "'clock'");
        row("rooms no list", "location.create", R"({"deployment":1,"name":"a","rooms":{}})", "wrong-value", "'rooms'");
        row("room no object", "location.create", R"({"deployment":1,"name":"a","rooms":[1]})", "wrong-value",
            "'rooms[0]'");
        row("room without kind", "location.create", R"({"deployment":1,"name":"a","rooms":[{"name":"b"}]})",
            "missing-value", "'rooms[0].kind'");
        row("limit too large", "device.list", R"({"limit":1001})", "wrong-value", "'limit'");
        row("limit zero", "device.list", R"({"limit":0})", "wrong-value", "'limit'");
        row("no zone", "measurement.query", R"({"stream":1,"from":"2026-01-01T00:00:00","to":"x"})", "wrong-value",
            "'from'");
        row("boolean as text", "deployment.update", R"({"id":1,"allowTokenlessDevices":"yes"})", "wrong-value",
            "'allowTokenlessDevices'");
        row("empty ids", "script.pause", R"({"id":1,"locations":[]})", "wrong-value", "'locations'");
        row("bad ids", "script.pause", R"({"id":1,"locations":[1,"2"]})", "wrong-value", "'locations[1]'");
        row("object as text", "script.setParameters", R"({"id":1,"values":"x"})", "wrong-value", "'values'");
    }

    void refusesWhatTheTableDoesNotTake()
    {
        QFETCH(QByteArray, operation);
        QFETCH(QByteArray, params);
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, names);
        const auto* row = findOperation(operation.toStdString());
        QVERIFY(row != nullptr);
        const auto checked = checkParameters(*row, parsed(params));
        QVERIFY(!checked);
        QCOMPARE(QByteArray(checked.error().name()), code);
        QVERIFY2(checked.error().detail.contains(QString::fromUtf8(names)), qPrintable(checked.error().detail));
    }

    void takesWhatTheTableSays_data()
    {
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<QByteArray>("params");
        const auto row = [](const char* operation, const char* params) {
            QTest::newRow(operation) << QByteArray(operation) << QByteArray(params);
        };
        row("location.get", R"({"id":9007199254740993})");
        row("location.create", R"({"deployment":1,"name":"Haus","clock":"events","rooms":[{"kind":"k","name":"n"}]})");
        row("script.deploy", R"({"id":1,"locations":null,"mode":"live"})");
        row("device.command", R"({"id":1,"parameters":[{"name":"outletStatus","value":0}]})");
        row("measurement.query", R"({"stream":1,"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00+01:00"})");
        row("deployment.list", "{}");
    }

    void takesWhatTheTableSays()
    {
        QFETCH(QByteArray, operation);
        QFETCH(QByteArray, params);
        const auto checked = checkParameters(*findOperation(operation.toStdString()), parsed(params));
        QVERIFY2(checked.has_value(), checked ? "" : qPrintable(checked.error().detail));
    }

    // A change of the protocol is made on purpose: run with COHORT_WRITE_GOLDEN=1, look at the difference, commit it.
    void descriptionIsTheGoldenOne()
    {
        const QString path = QStringLiteral(COHORT_SOURCE_DIR "/tests/unit/shared/protocol/protocol.golden.txt");
        const QByteArray now = description();
        QFile file(path);
        if (qEnvironmentVariableIsSet("COHORT_WRITE_GOLDEN")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(now);
            return;
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.readAll() == now, "the protocol's description differs from protocol.golden.txt");
    }
};

QTEST_GUILESS_MAIN(TestOperation)
#include "tst_operation.moc"
