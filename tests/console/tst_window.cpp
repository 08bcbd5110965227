// The window around the pages: who sees which, what is old when the connection or a person goes, German, 1280 by 720.

#include "console/pages/data_table.h"
#include "console/pages/dialogs.h"
#include "console/pages/small_widgets.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/server.h"
#include "tests/console/in_german.h"
#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <QToolButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

const QStringList PageNames{u"overview"_s, u"deployments"_s, u"home"_s,      u"alerts"_s, u"composer"_s,
                            u"messages"_s, u"server"_s,      u"operators"_s, u"audit"_s};

// Words that do not fit into their widgets, and widgets that do not fit into the window.
QStringList clipped(const QWidget* window)
{
    QStringList faults;
    for (const QWidget* widget : window->findChildren<QWidget*>()) {
        const auto* label = qobject_cast<const QLabel*>(widget);
        const bool speaks =
            (label && !label->wordWrap() && !label->text().isEmpty()) || qobject_cast<const QAbstractButton*>(widget);
        if (!speaks || !widget->isVisible() || widget->visibleRegion().isEmpty())
            continue;
        const QRect place(widget->mapTo(window, QPoint()), widget->size());
        if (widget->width() < widget->minimumSizeHint().width() ||
            widget->height() < widget->minimumSizeHint().height())
            faults.append(u"too small: "_s + widget->objectName() + u' ' + (label ? label->text() : QString()));
        if (!window->rect().contains(place) && !widget->parentWidget()->parentWidget()->inherits("QAbstractScrollArea"))
            faults.append(u"outside: "_s + widget->objectName());
    }
    return faults;
}

} // namespace

class TestWindow : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    std::unique_ptr<InGerman> m_german;

    // The titles of the pages that are offered on the left, without their badges.
    QStringList offered()
    {
        static const QRegularExpression badge(u" \\(\\d+\\)$"_s);
        QStringList titles;
        for (const QToolButton* button :
             child<QWidget>(&m_at.window(), u"navigation"_s)->findChildren<QToolButton*>()) {
            if (button->isVisible())
                titles.append(button->text().trimmed().remove(badge));
        }
        return titles;
    }
    QString status() { return plainText(child<QWidget>(&m_at.window(), u"statusBar"_s)); }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup()
    {
        m_at.end();
        m_german.reset();
    }

    void administratorsAreOfferedEveryPage()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"overview"_s));
        QCOMPARE(offered().size(), PageNames.size());
    }

    void coordinatorsAreNotOfferedOperators()
    {
        m_at.start();
        m_at.beAn(model::OperatorRole::Coordinator, DeploymentId{2});
        QVERIFY(m_at.enter(u"overview"_s));
        QCOMPARE(offered().size(), 7);
        QVERIFY(!offered().contains(u"Operators"_s));
        QVERIFY(!offered().contains(u"Server"_s)); // servers are the admin's
    }

    void analystsAreOfferedWhatTheyMayRead()
    {
        m_at.start();
        m_at.beAn(model::OperatorRole::Analyst);
        QVERIFY(m_at.enter(u"overview"_s));
        QCOMPARE(offered(), (QStringList{u"Overview"_s, u"Deployments"_s, u"Home"_s, u"Alerts"_s, u"Composer"_s}));
    }

    void theNextPersonIsOfferedTheirOwn()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"operators"_s));
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        QTRY_VERIFY(m_at.window().signInPage()->isVisible());
        QTRY_COMPARE(m_at.peer().count(u"session.signOut"_s), 1);
        m_at.beAn(model::OperatorRole::Analyst);
        m_at.window().signInPage()->setPassword(u"right"_s);
        QVERIFY(m_at.enter(u"overview"_s));
        QCOMPARE(offered().size(), 5);
    }

    void everyPageSaysWhenTheConnectionGoesAndIsFreshAfterIt()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"alerts"_s));
        QCOMPARE(status(), u"Connected to 127.0.0.1. Everything is live."_s);
        const int before = m_at.peer().count(u"alert.list"_s);
        m_at.peer().hangUp();
        QTRY_VERIFY(status().contains(u"What you see is from"_s));
        QCOMPARE(child<DataTable>(m_at.window().page(u"alerts"_s), u"alerts"_s)->model()->rowCount(),
                 3); // what was there is still read
        QTRY_VERIFY(status().contains(u"live"_s));
        QTRY_VERIFY(m_at.peer().count(u"alert.list"_s) > before);
        QVERIFY(m_at.settle());
        QVERIFY(!m_at.window().page(u"alerts"_s)->notices()->isShown());
    }

    void anActionWithoutConnectionFailsWithASentence()
    {
        m_at.start();
        Page* page = m_at.enter(u"alerts"_s);
        QVERIFY(page);
        m_at.peer().hangUp();
        QTRY_VERIFY(status().contains(u"What you see is from"_s));
        QVERIFY(PeerWindow::press(page, u"acknowledge"_s));
        QTRY_VERIFY(page->notices()->isShown());
        QVERIFY(PeerWindow::canPress(page, u"acknowledge"_s));
    }

    void anErrorIsGoneWhenThePageHasLoadedAfterAll()
    {
        m_at.start();
        m_at.breakIt(u"alert.list"_s);
        Page* page = m_at.enter(u"alerts"_s);
        QVERIFY(page && page->notices()->isShown());
        fillPeer(m_at.peer(), u"full"_s);
        m_at.peer().resync(u"alerts"_s);
        QTRY_COMPARE(child<DataTable>(page, u"alerts"_s)->model()->rowCount(), 3);
        QVERIFY(!page->notices()->isShown());
    }

    void anErrorOfAnActionOutlivesALoad()
    {
        m_at.start();
        m_at.breakIt(u"alert.resolve"_s);
        Page* page = m_at.enter(u"alerts"_s);
        QVERIFY(page && PeerWindow::press(page, u"resolve"_s));
        QTRY_VERIFY(page->notices()->isShown());
        const int before = m_at.peer().count(u"alert.list"_s);
        m_at.peer().resync(u"alerts"_s);
        QTRY_VERIFY(m_at.peer().count(u"alert.list"_s) > before);
        QVERIFY(m_at.settle());
        QVERIFY(page->notices()->isShown());
    }

    void anErrorIsNotShownAgainWhenOneComesBack()
    {
        m_at.start();
        m_at.breakIt(u"alert.resolve"_s);
        Page* page = m_at.enter(u"alerts"_s);
        QVERIFY(page && PeerWindow::press(page, u"resolve"_s));
        QTRY_VERIFY(page->notices()->isShown());
        m_at.window().open(u"audit"_s);
        m_at.window().open(u"alerts"_s);
        QVERIFY(!page->notices()->isShown());
    }

    void enterTwiceSignsInOnce()
    {
        m_at.start();
        SignInPage* form = m_at.window().signInPage();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(child<QLineEdit>(form, u"password"_s), Qt::Key_Return);
        QTRY_VERIFY(!form->isVisible());
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"session.signIn"_s), 1);
        QVERIFY(child<QLineEdit>(form, u"password"_s)->text().isEmpty());
    }

    void signingInNeedsAddressAndPassword()
    {
        m_at.start();
        SignInPage* form = m_at.window().signInPage();
        form->setPassword({});
        form->submit();
        QCOMPARE(form->findChild<NoticeBar*>()->text(), u"Fill in e-mail address and password."_s);
        form->setPassword(u"right"_s);
        form->setAddress(u"ftp://cohort.example.org"_s);
        form->submit();
        QVERIFY(form->findChild<NoticeBar*>()->isShown());
        QVERIFY(child<QWidget>(form, u"signIn"_s)->isEnabled());
        QCOMPARE(m_at.peer().calls().size(), 0);
    }

    void plainConnectionsAreWarnedOfUnlessTheyStayOnTheMachine()
    {
        m_at.start();
        SignInPage* form = m_at.window().signInPage();
        auto* warning = child<QWidget>(form, u"plainWarning"_s);
        form->setAddress(u"http://cohort.example.org:8460"_s);
        QVERIFY(warning->isVisible());
        for (const QString& safe : {u"https://cohort.example.org:8460"_s, u"http://127.0.0.1:8460"_s}) {
            form->setAddress(safe);
            QVERIFY2(!warning->isVisible(), qPrintable(safe));
        }
    }

    void theDeploymentChosenOnTheLeftIsWhatPagesShow()
    {
        m_at.start();
        QVERIFY(m_at.enter(u"alerts"_s));
        auto* box = child<QComboBox>(&m_at.window(), u"deployment"_s);
        QCOMPARE(box->count(), 2);
        box->setCurrentIndex(1);
        Q_EMIT box->activated(1);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"alert.list"_s).value("deployment"_L1).toInt(), 2);
    }

    void theOverviewLeadsToWhatNeedsAttention()
    {
        m_at.start();
        const QStringList pages{u"alerts"_s, u"composer"_s, u"messages"_s, u"home"_s};
        for (int row = 0; row < pages.size(); ++row) {
            QVERIFY(m_at.enter(u"overview"_s));
            auto* attention = child<DataTable>(m_at.window().page(u"overview"_s), u"attention"_s);
            QTRY_COMPARE(attention->model()->rowCount(), 4);
            attention->selectRow(row);
            QTest::keyClick(attention, Qt::Key_Return);
            QTRY_VERIFY2(m_at.window().page(pages.at(row))->isVisible(), qPrintable(pages.at(row)));
        }
        QTRY_COMPARE(m_at.peer().lastOf(u"location.get"_s).value("id"_L1).toInt(), 1);
    }

    void theOverviewShowsItsFiguresAndWhyComposerIsOff()
    {
        m_at.start();
        answer<protocol::OverviewGet>(m_at.peer(), [](const auto&) {
            model::Overview overview;
            overview.figures.devices = 42;
            overview.figures.devicesConnected = 41;
            overview.figures.openAlerts = 3;
            overview.figures.urgentAlerts = 1;
            overview.composer = {model::ComposerStatus::Off, u"no <b>bwrap</b>"_s};
            return overview;
        });
        Page* page = m_at.enter(u"overview"_s);
        QVERIFY(page);
        const QString words = plainText(page);
        for (const QString& text : {u"Safe at home 2026"_s, u"41\nof 42"_s, u"Off\nno <b>bwrap</b>"_s})
            QVERIFY2(words.contains(text), qPrintable(words));
    }

    void onlyOthersCanBeLockedOut()
    {
        m_at.start();
        Page* page = m_at.enter(u"operators"_s);
        QVERIFY(page);
        auto* operators = child<DataTable>(page, u"operators"_s);
        QVERIFY(!PeerWindow::canPress(page, u"lock"_s));
        operators->selectId(1);
        QVERIFY(!PeerWindow::canPress(page, u"lock"_s)); // oneself
        operators->selectId(2);
        QVERIFY(PeerWindow::press(page, u"lock"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"operator.update"_s), 0); // asks first
        auto* box = m_at.dialog<QMessageBox>();
        QVERIFY(box);
        child<QPushButton>(box, u"act"_s)->click();
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"operator.update"_s), (QJsonObject{{u"id"_s, 2}, {u"active"_s, false}}));
        operators->selectId(4);
        QCOMPARE(child<QPushButton>(page, u"lock"_s)->text(), u"Let in again"_s);
        QVERIFY(PeerWindow::press(page, u"lock"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"operator.update"_s), (QJsonObject{{u"id"_s, 4}, {u"active"_s, true}}));
    }

    void theAuditIsLoadedAgainOnDemand()
    {
        m_at.start();
        Page* page = m_at.enter(u"audit"_s);
        QVERIFY(page);
        QCOMPARE(child<DataTable>(page, u"entries"_s)->model()->rowCount(), 7);
        QCOMPARE(m_at.peer().count(u"audit.query"_s), 1);
        QVERIFY(PeerWindow::press(page, u"reload"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"audit.query"_s), 2);
    }

    void germanIsSpokenOnPagesDialogsAndInErrors()
    {
        m_german = std::make_unique<InGerman>();
        m_at.start();
        m_at.breakIt(u"alert.resolve"_s);
        Page* page = m_at.enter(u"alerts"_s);
        QVERIFY(page);
        QVERIFY(offered().contains(u"Übersicht"_s));
        QCOMPARE(child<QPushButton>(page, u"acknowledge"_s)->text(), u"Übernehmen"_s);
        const QAbstractItemModel* alerts = child<DataTable>(page, u"alerts"_s)->model();
        QCOMPARE(alerts->headerData(0, Qt::Horizontal).toString(), u"Stufe"_s);
        QCOMPARE(alerts->index(0, 0).data().toString(), u"dringend"_s);
        QCOMPARE(status(), u"Verbunden mit 127.0.0.1. Alles ist aktuell."_s);
        QVERIFY(PeerWindow::press(page, u"resolve"_s));
        QTRY_VERIFY(page->notices()->isShown());
        QVERIFY2(page->notices()->text().contains(u"Datenbank"_s), qPrintable(page->notices()->text()));
        DeploymentDialog dialog(m_at.workspace(), nullptr);
        child<QPushButton>(&dialog, u"ok"_s)->click();
        QCOMPARE(dialog.findChild<NoticeBar*>()->text(), u"Bitte ausfüllen: Name"_s);
        Page* home = m_at.enter(u"home"_s);
        QVERIFY(home);
        QTRY_COMPARE(child<Pill>(home, u"alertPill"_s)->text(), u"2 offene Alarme"_s);
    }

    void nothingIsClippedAt1280By720_data()
    {
        QTest::addColumn<bool>("german");
        QTest::addColumn<QString>("mode");
        for (const QString& mode : {u"full"_s, u"empty"_s, u"error"_s}) {
            QTest::addRow("english, %s", qPrintable(mode)) << false << mode;
            QTest::addRow("german, %s", qPrintable(mode)) << true << mode;
        }
    }
    void nothingIsClippedAt1280By720()
    {
        QFETCH(bool, german);
        QFETCH(QString, mode);
        if (german)
            m_german = std::make_unique<InGerman>();
        m_at.start(mode);
        for (const QString& name : PageNames) {
            Page* page = m_at.enter(name);
            QVERIFY2(page, qPrintable(name));
            auto* tabs = page->findChild<QTabWidget*>();
            for (int tab = 0; tab < (tabs && tabs->isVisible() ? tabs->count() : 1); ++tab) {
                if (tabs)
                    tabs->setCurrentIndex(tab);
                QTest::qWait(1);
                QCOMPARE(m_at.window().size(), QSize(1280, 720));
                const QStringList faults = clipped(&m_at.window());
                QVERIFY2(faults.isEmpty(), qPrintable(name + u": "_s + faults.join(u"; "_s)));
            }
        }
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
