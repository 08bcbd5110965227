// What dialogs check while one types, and what they begin with.

#include "console/pages/dialogs.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/participant.h"
#include "tests/console/in_dialog.h"

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestContactsAndZones : public QObject, private InDialog
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { end(); }

    void finding_F30_aContactIsCheckedAsOneTypes_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("good");
        QTest::newRow("no address") << u"email"_s << u"not-an-email"_s << false;
        QTest::newRow("half an address") << u"email"_s << u"anna@"_s << false;
        QTest::newRow("an address") << u"email"_s << u"anna@example.org"_s << true;
        QTest::newRow("letters") << u"phone"_s << u"abc"_s << false;
        QTest::newRow("too short") << u"phone"_s << u"12"_s << false;
        QTest::newRow("a number") << u"phone"_s << u"+43 1 2345678"_s << true;
    }
    void finding_F30_aContactIsCheckedAsOneTypes()
    {
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(bool, good);
        begin();
        show<ParticipantDialog>(homes(), LocationId{2});
        line(field)->setText(typed);
        QCOMPARE(line(field)->toolTip().isEmpty(), good);
        QVERIFY(submit());
        QCOMPARE(m_at.peer().count(u"participant.create"_s), good ? 1 : 0);
        if (!good)
            QVERIFY(bar()->text().contains(u"looks like"_s));
    }

    void finding_F29_aNewHomeTakesTheStudysZone()
    {
        begin();
        show<HomeDialog>();
        QCOMPARE(box(u"zone"_s)->currentText(), m_at.workspace().deployments().first().timeZone);
    }
};

QTEST_MAIN(TestContactsAndZones)
#include "tst_contacts_and_zones.moc"
