// The tables of all pages: why they are empty, and room for what stands in them at 1280×720.

#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "tests/console/in_german.h"
#include "tests/console/peer_window.h"

#include <QHeaderView>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

const QStringList PageNames{u"overview"_s, u"deployments"_s, u"home"_s,      u"alerts"_s, u"composer"_s,
                            u"messages"_s, u"server"_s,      u"operators"_s, u"audit"_s};

} // namespace

class TestTables : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    std::unique_ptr<InGerman> m_german;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup()
    {
        m_at.end();
        m_german.reset();
    }

    // An empty table says why it is empty, on every page that has one.
    void anEmptyTableSaysThatItLoadsOrIsNotConnected_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("table");
        QTest::newRow("alerts") << u"alerts"_s << u"alert.list"_s << u"alerts"_s;
        QTest::newRow("messages") << u"messages"_s << u"message.conversations"_s << u"conversations"_s;
        QTest::newRow("composer") << u"composer"_s << u"script.list"_s << u"scripts"_s;
        QTest::newRow("operators") << u"operators"_s << u"operator.list"_s << u"operators"_s;
        QTest::newRow("audit") << u"audit"_s << u"audit.query"_s << u"entries"_s;
    }

    void anEmptyTableSaysThatItLoadsOrIsNotConnected()
    {
        QFETCH(QString, name);
        QFETCH(QString, method);
        QFETCH(QString, table);
        m_at.start();
        m_at.peer().on(method, [](const QJsonObject&) { return PeerAnswer::none(); });
        Page* page = m_at.enter(name);
        QVERIFY(page);
        const auto* empty = child<DataTable>(page, table);
        QCOMPARE(empty->emptyTitle(), u"Loading …"_s);
        QVERIFY(empty->accessibleDescription().contains(u"Loading …"_s));
        m_at.peer().on(u"session.resume"_s, [](const QJsonObject&) { return PeerAnswer::none(); });
        m_at.peer().hangUp();
        QTRY_COMPARE(empty->emptyTitle(), u"Not connected"_s);
        QVERIFY(empty->accessibleDescription().contains(u"What was shown here last is gone"_s));
    }

    void anEmptyTableSaysThatItCouldNotBeLoaded()
    {
        m_at.start();
        m_at.breakIt(u"alert.list"_s);
        Page* page = m_at.enter(u"alerts"_s);
        QVERIFY(page && page->notices()->isShown());
        QCOMPARE(child<DataTable>(page, u"alerts"_s)->emptyTitle(), u"Not loaded"_s);
    }

    void theMainTextOfEveryTableHasRoomAt1280By720_data()
    {
        QTest::addColumn<bool>("german");
        QTest::newRow("english") << false;
        QTest::newRow("german") << true;
    }

    void theMainTextOfEveryTableHasRoomAt1280By720()
    {
        QFETCH(bool, german);
        if (german)
            m_german = std::make_unique<InGerman>();
        m_at.start();
        int seen = 0;
        for (const QString& name : PageNames) {
            Page* page = m_at.enter(name);
            QVERIFY2(page, qPrintable(name));
            QTest::qWait(80); // columns grow a moment later
            QCOMPARE(m_at.window().size(), QSize(1280, 720));
            for (const DataTable* table : page->findChildren<DataTable*>()) {
                if (!table->isVisible() || table->model()->rowCount() == 0)
                    continue;
                ++seen;
                for (int column = 0; column < table->model()->columnCount(); ++column) {
                    const bool isMain = table->horizontalHeader()->sectionResizeMode(column) == QHeaderView::Stretch;
                    const int width = table->columnWidth(column);
                    const QString where = u"%1 %2 %3: %4"_s.arg(name, table->objectName()).arg(column).arg(width);
                    QVERIFY2(!isMain || width >= 160, qPrintable(where));
                    for (int row = 0; row < table->model()->rowCount(); ++row) {
                        const QModelIndex cell = table->model()->index(row, column);
                        const QString text = cell.data().toString();
                        const bool isCut = table->fontMetrics().horizontalAdvance(text) > width;
                        QVERIFY2(!isCut || !cell.data(Qt::ToolTipRole).toString().isEmpty(), qPrintable(where));
                    }
                }
            }
        }
        QVERIFY(seen >= 6);
    }

    void whatAPersonDrewStays()
    {
        m_at.start();
        Page* page = m_at.enter(u"alerts"_s);
        QVERIFY(page);
        auto* table = child<DataTable>(page, u"alerts"_s);
        table->horizontalHeader()->resizeSection(0, 133);
        m_at.peer().resync(u"alerts"_s);
        QVERIFY(m_at.settle());
        QTest::qWait(80);
        QCOMPARE(table->columnWidth(0), 133);
    }
};

QTEST_MAIN(TestTables)
#include "tst_tables.moc"
