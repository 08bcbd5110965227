// Every operation of the protocol has its place in the console, or a written reason why not.
#include "console/models/without_place.h"
#include "shared/protocol/operation.h"

#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

using namespace cohort;
using namespace Qt::StringLiterals;

namespace {

// All sources of a folder in one text.
QString textOf(const QString& folder)
{
    QString all;
    QDirIterator files(QStringLiteral(COHORT_SOURCE_DIR) + folder, {u"*.cpp"_s, u"*.h"_s}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly))
            all += QString::fromUtf8(file.readAll());
    }
    return all;
}

// Operation → the struct by which it is called: "room.create" → "RoomCreate".
QHash<QString, QString> structs()
{
    static const QRegularExpression pattern(u"struct (\\w+)\\s*\\{[^{}]*?using Answer[^{}]*?Name = \"([\\w.]+)\";"_s);
    QHash<QString, QString> found;
    const QString text = textOf(u"/shared/protocol/operations"_s);
    for (const auto& match : pattern.globalMatch(text))
        found.insert(match.captured(2), match.captured(1));
    return found;
}

// Those that have a reason.
QString reasonOf(const QString& operation)
{
    for (const auto& one : console::OperationsWithoutPlace)
        if (operation == QLatin1StringView(one.operation))
            return QString::fromUtf8(one.reason);
    return {};
}

} // namespace

class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_G22_everyOperationHasItsPlaceOrAReason_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto& operation : protocol::operations())
            QTest::newRow(operation.name) << QString::fromLatin1(operation.name);
    }

    void finding_G22_everyOperationHasItsPlaceOrAReason()
    {
        QFETCH(QString, name);
        static const auto known = structs();
        static const QString models = textOf(u"/console/models"_s) + textOf(u"/console/net"_s);
        const QString called = known.value(name);
        QVERIFY2(!called.isEmpty(), "no struct of shared/protocol/operations has this name");
        const QRegularExpression use(u"protocol::%1\\b"_s.arg(called));
        const bool isCalled = models.contains(use);
        const QString reason = reasonOf(name);
        QVERIFY2(isCalled || reason.size() > 20, "the console does not call it, and no reason says why not");
        QVERIFY2(!isCalled || reason.isEmpty(), "it has a place by now: the reason is needless");
    }

    // What a model offers is asked by a page: a method that nobody calls is no place.
    void finding_G22_whatIsOfferedIsAskedByAPage_data()
    {
        QTest::addColumn<QString>("header");
        QTest::newRow("upkeep") << u"upkeep"_s;
        QTest::newRow("a script") << u"open_script"_s;
        QTest::newRow("the community") << u"community"_s;
    }

    void finding_G22_whatIsOfferedIsAskedByAPage()
    {
        QFETCH(QString, header);
        QFile file(QStringLiteral(COHORT_SOURCE_DIR "/console/models/") + header + u".h"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll()), pages = textOf(u"/console/pages"_s);
        static const QRegularExpression method(u"QFuture<[^;]*> (\\w+)\\(([^;]*)\\)"_s);
        int methods = 0;
        for (const auto& match : method.globalMatch(text)) {
            const QRegularExpression use(u"(\\.|->|\\)\\.)%1\\("_s.arg(match.captured(1)));
            QVERIFY2(pages.contains(use), qPrintable(match.captured(1)));
            ++methods;
        }
        QVERIFY(methods > 5);
    }

    void reasonsAreOfOperationsThatThereAre()
    {
        for (const auto& one : console::OperationsWithoutPlace)
            QVERIFY2(protocol::findOperation(one.operation), one.operation);
    }
};

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
