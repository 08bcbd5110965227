// The community's tree when one looks for something in it, and the question before a new token.

#include "console/resources/theme.h"
#include "shared/protocol/operations/device.h"
#include "shared/protocol/operations/participant.h"
#include "tests/console/in_tree.h"

#include <QLabel>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestSearchAndTokens : public QObject, private InTree
{
    Q_OBJECT

private:
    bool isThere(const QString& name) const
    {
        const QAbstractItemModel* model = m_tree->model();
        const auto flags = Qt::MatchExactly | Qt::MatchRecursive;
        return model->rowCount() > 0 && !model->match(model->index(0, 0), Qt::DisplayRole, name, 1, flags).isEmpty();
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void finding_token_nothingIsMadeBeforeTheQuestionIsAnswered()
    {
        open();
        QVERIFY(choose({u"Safe at home 2026"_s, u"Lindenweg 4"_s, u"Stove plug"_s}));
        QVERIFY(PeerWindow::press(m_page, u"newToken"_s));
        auto* box = m_at.dialog<QMessageBox>();
        QVERIFY(box);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.newToken"_s), 0);
        box->button(QMessageBox::Cancel)->click();
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"device.newToken"_s), 0);
    }

    void finding_search_aDeviceIsFoundByItsOwnId()
    {
        open();
        child<QLineEdit>(m_page, u"search"_s)->setText(u"stove-plug"_s);
        QTRY_VERIFY(isThere(u"Stove plug"_s));
        QVERIFY(!child<QLabel>(m_page, u"nothingFound"_s)->isVisible());
    }

    void finding_search_nothingFoundIsSaid()
    {
        open();
        answer<protocol::DeviceList>(m_at.peer(), [](const auto&) { return Listing<model::Device>{}; });
        answer<protocol::ParticipantList>(m_at.peer(), [](const auto&) { return Listing<model::Participant>{}; });
        auto* search = child<QLineEdit>(m_page, u"search"_s);
        search->setText(u"nowhere-at-all"_s);
        const auto* said = child<QLabel>(m_page, u"nothingFound"_s);
        QTRY_VERIFY(said->isVisible());
        QVERIFY(said->text().contains(u"nowhere-at-all"_s));
        search->clear();
        QTRY_VERIFY(!said->isVisible());
    }

    void finding_small_namesKeepTheirRoom()
    {
        open();
        m_at.window().resize(m_at.window().minimumSizeHint());
        QVERIFY(m_at.settle());
        QVERIFY2(m_tree->columnWidth(0) >= 140, qPrintable(QString::number(m_tree->columnWidth(0))));
    }
};

QTEST_MAIN(TestSearchAndTokens)
#include "tst_search_and_tokens.moc"
