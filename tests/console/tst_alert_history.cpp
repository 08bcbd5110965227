// An alert's history: people and devices by their names where these may be seen.

#include "console/resources/theme.h"
#include "shared/protocol/notification.h"
#include "tests/console/alert_history.h"
#include "tests/console/peer_window.h"

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestAlertHistory : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_F36_theHistoryNamesPeopleAndDevicesWhereTheyMayBeSeen()
    {
        m_page = m_at.open(u"alerts"_s, model::OperatorRole::Coordinator);
        QVERIFY(m_page);
        const QStringList lines = historyOf(m_page);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines.at(1), u"Shown to Martha Seidel"_s);
        QVERIFY2(lines.at(2).startsWith(u"Command to Stove plug ("_s), qPrintable(lines.at(2)));
        QVERIFY2(lines.at(3).startsWith(u"Goes to "_s) && !lines.at(3).contains(u"P-0108"_s), qPrintable(lines.at(3)));
        const int asked = m_at.peer().count(u"location.get"_s);
        QVERIFY(asked > 0);
        model::Alert again;
        again.id = AlertId{3};
        again.origin.deployment = DeploymentId{1};
        again.origin.location = LocationId{1};
        again.text = u"again"_s;
        notify<protocol::AlertChanged>(m_at.peer(), {{again}});
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"location.get"_s), asked); // once a home
    }
};

QTEST_MAIN(TestAlertHistory)
#include "tst_alert_history.moc"
