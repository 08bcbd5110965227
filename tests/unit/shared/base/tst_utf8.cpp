// Texts from wires, workers and files are UTF-8 or refused: one check, whose table is RFC 3629's.
#include "shared/base/utf8.h"

#include <QTest>

using namespace cohort;

class TestUtf8 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatIsUtf8_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("good");
        const auto row = [](const char* name, const QByteArray& text, bool good) {
            QTest::newRow(name) << text << good;
        };
        row("empty", "", true);
        row("ascii", "abc", true);
        row("NUL", QByteArray("a\0b", 3), true);
        row("first of two", "\xc2\x80", true);
        row("last of two", "\xdf\xbf", true);
        row("first of three", "\xe0\xa0\x80", true);
        row("before the surrogates", "\xed\x9f\xbf", true);
        row("behind the surrogates", "\xee\x80\x80", true);
        row("last of three", "\xef\xbf\xbf", true);
        row("first of four", "\xf0\x90\x80\x80", true);
        row("the last", "\xf4\x8f\xbf\xbf", true);
        row("over the last", "\xf4\x90\x80\x80", false);
        row("lead over the last", "\xf5\x80\x80\x80", false);
        row("first surrogate", "\xed\xa0\x80", false);
        row("last surrogate", "\xed\xbf\xbf", false);
        row("overlong two", "\xc0\xaf", false);
        row("longest overlong two", "\xc1\xbf", false);
        row("overlong three", "\xe0\x9f\xbf", false);
        row("overlong four", "\xf0\x8f\xbf\xbf", false);
        row("two cut", "\xc3", false);
        row("three cut", "\xe2\x82", false);
        row("four cut", "\xf0\x9f\x98", false);
        row("two not followed", "\xc3 ", false);
        row("three's last is none", "\xe2\x82\xc0", false);
        row("four's last is none", "\xf0\x9f\x98 ", false);
        row("follower alone", "\x80", false);
        row("no lead", "\xff", false);
    }
    void knowsWhatIsUtf8()
    {
        QFETCH(QByteArray, text);
        QTEST(isUtf8({text.constData(), static_cast<std::size_t>(text.size())}), "good");
    }

    // Eight bytes are looked at in one step: nothing may hide in them.
    void saysWhereItStops()
    {
        for (std::size_t at = 0; at < 24; ++at) {
            std::string text(24, 'a');
            QCOMPARE(firstNotUtf8(text), text.size());
            text[at] = '\x80';
            QCOMPARE(firstNotUtf8(text), at);
            QVERIFY(!isUtf8(text));
        }
        QCOMPARE(firstNotUtf8("\xc3\xa4\xc3\xa4-\xe2\x82"), std::size_t(5));
    }
};

QTEST_GUILESS_MAIN(TestUtf8)
#include "tst_utf8.moc"
