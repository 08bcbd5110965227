// Two texts side by side: shortest ways, numbers of lines, empty texts, and texts that have nothing in common.
#include "server/scripts/text_diff.h"

#include <QTest>

using namespace cohort;
using namespace Qt::Literals::StringLiterals;

namespace {

// " a", "-b", "+c" …
QString shown(const QString& from, const QString& to)
{
    QStringList lines;
    for (const auto& line : scripts::diffLines(u"script"_s, from, to))
        lines.append((line.kind == model::DiffKind::Same      ? u" "_s
                      : line.kind == model::DiffKind::Removed ? u"-"_s
                                                              : u"+"_s) +
                     line.text);
    return lines.join(u'|');
}

QString numbered(int from, int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += QString::number(from + i) + u'\n';
    return text;
}

} // namespace

class TestTextDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_G22_theShortestWayIsShown_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("way");
        QTest::newRow("nothing") << u""_s << u""_s << u""_s;
        QTest::newRow("the same") << u"a\nb\n"_s << u"a\nb\n"_s << u" a| b"_s;
        QTest::newRow("the first text") << u""_s << u"a\nb"_s << u"+a|+b"_s;
        QTest::newRow("all gone") << u"a\nb\n"_s << u""_s << u"-a|-b"_s;
        QTest::newRow("one line another") << u"a\nb\nc\n"_s << u"a\nx\nc\n"_s << u" a|-b|+x| c"_s;
        QTest::newRow("one line more") << u"a\nc\n"_s << u"a\nb\nc\n"_s << u" a|+b| c"_s;
        QTest::newRow("moved") << u"a\nb\nc\n"_s << u"b\nc\na\n"_s << u"-a| b| c|+a"_s;
        QTest::newRow("twice the same line") << u"a\na\n"_s << u"a\na\na\n"_s << u" a| a|+a"_s;
        QTest::newRow("only the last end of line") << u"a\nb"_s << u"a\nb\n"_s << u" a| b"_s;
        QTest::newRow("an empty line") << u"a\n\nb\n"_s << u"a\nb\n"_s << u" a|-| b"_s;
    }

    void finding_G22_theShortestWayIsShown()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QTEST(shown(from, to), "way");
    }

    void linesHaveTheNumbersOfBothTexts()
    {
        const auto lines = scripts::diffLines(u"helper"_s, u"a\nb\nc\n"_s, u"a\nc\nd\n"_s);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines.at(1).from, 2);
        QCOMPARE(lines.at(1).to, 0);
        QCOMPARE(lines.at(2).from, 3);
        QCOMPARE(lines.at(2).to, 2);
        QCOMPARE(lines.at(3).from, 0);
        QCOMPARE(lines.at(3).to, 3);
        QCOMPARE(lines.at(3).file, u"helper"_s);
    }

    // Both texts can be read from the answer, whatever they are.
    void bothTextsAreInIt_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("nothing in common") << numbered(0, 700) << numbered(10'000, 700);
        QTest::newRow("more than is looked for") << numbered(0, 3'000) << numbered(10'000, 3'000);
        QTest::newRow("mixed") << numbered(0, 50) + numbered(20, 50) << numbered(20, 50) + numbered(0, 30);
        QTest::newRow("empty lines alone") << QString(60'000, u'\n') << QString(50'000, u'\n');
    }

    void bothTextsAreInIt()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QString before, after;
        for (const auto& line : scripts::diffLines(u"script"_s, from, to)) {
            if (line.kind != model::DiffKind::Added)
                before += line.text + u'\n';
            if (line.kind != model::DiffKind::Removed)
                after += line.text + u'\n';
        }
        QVERIFY(before == from);
        QVERIFY(after == to);
    }
};

QTEST_GUILESS_MAIN(TestTextDiff)
#include "tst_text_diff.moc"
