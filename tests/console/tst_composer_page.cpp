// Composer's list and library as coordinators and analysts use them: what may be done, and what is asked.

#include "console/editor/script_editor.h"
#include "console/pages/composer_dialogs.h"
#include "console/pages/data_table.h"
#include "console/pages/script_page.h"
#include "console/resources/theme.h"
#include "shared/protocol/operations/script.h"
#include "tests/console/filled.h"
#include "tests/console/peer_window.h"

#include <QCheckBox>
#include <QComboBox>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestComposerPage : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;
    DataTable* m_table = nullptr;

    void open(model::OperatorRole role = model::OperatorRole::Coordinator, const QString& mode = u"full"_s)
    {
        m_page = m_at.open(u"composer"_s, role, mode);
        QVERIFY(m_page);
        m_table = child<DataTable>(m_page, u"scripts"_s);
    }
    // The page of one script has buttons of the same names.
    QWidget* list() const { return m_page->findChild<QWidget*>(u"ComposerPage"_s); }
    // As a person does in the side bar.
    void chooseStudy(int row)
    {
        auto* box = child<QComboBox>(&m_at.window(), u"deployment"_s);
        box->setCurrentIndex(row);
        Q_EMIT box->activated(row);
    }
    // In the question that comes next.
    void press(QMessageBox::StandardButton button)
    {
        answerNext(m_page, [button](QDialog* box) { static_cast<QMessageBox*>(box)->button(button)->click(); });
    }
    // The answer to the question that is open.
    bool pressAct()
    {
        auto* box = m_at.dialog<QMessageBox>();
        return box && PeerWindow::press(box, u"act"_s);
    }
    ScriptEditor* editor() const { return m_page->findChild<ScriptEditor*>(); }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void whatCanBeDoneFollowsTheScriptsState()
    {
        open();
        QVERIFY(!PeerWindow::canPress(m_page, u"edit"_s)); // none is chosen
        const QMap<int, std::pair<bool, bool>> wanted{
            {1, {true, false}}, {3, {true, false}}, {5, {false, false}}, {6, {false, true}}};
        for (const auto& [id, can] : wanted.asKeyValueRange()) {
            m_table->selectId(id);
            QVERIFY(PeerWindow::canPress(m_page, u"edit"_s));
            QCOMPARE(PeerWindow::canPress(list(), u"pause"_s), can.first);
            QCOMPARE(PeerWindow::canPress(list(), u"resume"_s), can.second);
        }
    }

    void finding_F26_aScriptOfTheStudyBeforeIsNeitherSeenNorActedOn_data()
    {
        QTest::addColumn<bool>("isTyped");
        QTest::newRow("nothing typed") << false;
        QTest::newRow("typed, and given up when asked") << true;
    }
    void finding_F26_aScriptOfTheStudyBeforeIsNeitherSeenNorActedOn()
    {
        QFETCH(bool, isTyped);
        open();
        m_table->selectId(1);
        QVERIFY(PeerWindow::press(list(), u"edit"_s));
        QVERIFY(m_at.settle());
        QVERIFY(editor()->isVisible() && !editor()->source().isEmpty());
        if (isTyped)
            QTest::keyClicks(editor()->focusProxy() ? editor()->focusProxy() : editor()->findChild<QWidget*>(),
                             u"# more"_s);
        if (editor()->isChanged())
            press(QMessageBox::Yes);
        chooseStudy(1);
        QTRY_COMPARE(m_at.workspace().deployment(), DeploymentId{2});
        QVERIFY(m_at.settle());
        QVERIFY(!editor()->isVisible());
        QVERIFY(editor()->source().isEmpty());
        QVERIFY(list()->isVisible());
        QCOMPARE(m_at.peer().lastOf(u"script.list"_s).value("deployment"_L1).toInt(), 2);
        QVERIFY(!PeerWindow::canPress(m_page, u"deploy"_s));
    }

    // It was the first that could not be paused.
    void finding_F26_retryAsksItOfNoScriptThatWasOpenedSince()
    {
        open();
        const auto openScript = [this](qint64 id) {
            m_table->selectId(id);
            return PeerWindow::press(list(), u"edit"_s);
        };
        QVERIFY(openScript(1) && m_at.settle());
        auto* script = m_page->findChild<ScriptPage*>();
        m_at.breakIt(u"script.pause"_s);
        QVERIFY(PeerWindow::press(script, u"pause"_s) && pressAct());
        QVERIFY(PeerWindow::press(script, u"back"_s)); // before it is answered
        QVERIFY(openScript(3) && m_at.settle());
        QVERIFY(m_page->notices()->isShown());
        m_page->notices()->findChild<QPushButton*>()->click();
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.pause"_s), 2);
        QCOMPARE(m_at.peer().lastOf(u"script.pause"_s).value("id"_L1).toInt(), 1);
    }

    void finding_F26_whoStaysWithWhatIsTypedStaysInTheStudy()
    {
        open();
        m_table->selectId(1);
        QVERIFY(PeerWindow::press(list(), u"edit"_s));
        QVERIFY(m_at.settle());
        QTest::keyClicks(editor()->focusProxy() ? editor()->focusProxy() : editor()->findChild<QWidget*>(),
                         u"# more"_s);
        QVERIFY(editor()->isChanged());
        press(QMessageBox::No);
        chooseStudy(1);
        QCOMPARE(m_at.workspace().deployment(), DeploymentId{1});
        QCOMPARE(child<QComboBox>(&m_at.window(), u"deployment"_s)->currentIndex(), 0); // and the side bar says so
        QVERIFY(editor()->isVisible() && editor()->isChanged());
    }

    void analystsMayNotResume()
    {
        open(model::OperatorRole::Analyst);
        m_table->selectId(6);
        QVERIFY(PeerWindow::canPress(m_page, u"edit"_s));
        QVERIFY(!PeerWindow::canPress(list(), u"resume"_s));
        QVERIFY(PeerWindow::canPress(m_page, u"newScript"_s)); // drafts are theirs
    }

    void pausingAsksOfTheChosenScriptAndLoadsTheListAgain()
    {
        open();
        m_table->selectId(2);
        const int before = m_at.peer().count(u"script.list"_s);
        QVERIFY(PeerWindow::press(list(), u"pause"_s));
        auto* question = m_at.dialog<QMessageBox>(); // one click stops no script
        QVERIFY(question && m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.pause"_s), 0);
        QVERIFY2(question->informativeText().contains(u"It runs live"_s), qPrintable(question->informativeText()));
        QVERIFY(pressAct());
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.pause"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"script.pause"_s), (QJsonObject{{u"id"_s, 2}}));
        QCOMPARE(m_at.peer().count(u"script.list"_s), before + 1);
        QCOMPARE(m_table->selectedId(), 2);
    }

    void aNewScriptNeedsANameAndOpensWithASourceThatIsAccepted()
    {
        open();
        answerInput(this, u"   "_s);
        QVERIFY(PeerWindow::press(m_page, u"newScript"_s));
        answerInput(this, u"Lamp"_s, false);
        QVERIFY(PeerWindow::press(m_page, u"newScript"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.create"_s), 0);
        answerInput(this, u" Lamp "_s);
        QVERIFY(PeerWindow::press(m_page, u"newScript"_s));
        QVERIFY(m_at.settle());
        const QJsonObject sent = m_at.peer().lastOf(u"script.create"_s);
        QCOMPARE(sent.value("name"_L1).toString(), u"Lamp"_s);
        QCOMPARE(sent.value("deployment"_L1).toInt(), 1);
        QVERIFY(sent.value("source"_L1).toString().contains(u"from composer import app, on"_s));
        QTRY_VERIFY(editor()->isVisible());
    }

    void withoutADeploymentNothingCanBeWritten()
    {
        open(model::OperatorRole::Admin, u"empty"_s);
        QVERIFY(!PeerWindow::canPress(m_page, u"newScript"_s));
        QVERIFY(!PeerWindow::canPress(m_page, u"library"_s));
    }

    void theLibraryInstallsWhereItFitsWithTheFormsValues()
    {
        open();
        QVERIFY(PeerWindow::press(m_page, u"library"_s));
        auto* library = m_at.dialog<LibraryDialog>();
        QVERIFY(library && m_at.settle());
        QVERIFY(PeerWindow::press(library, u"install"_s)); // all homes at first
        QVERIFY(!PeerWindow::press(library, u"install"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"library.install"_s), 1);
        const QJsonObject sent = m_at.peer().lastOf(u"library.install"_s);
        QCOMPARE(sent.value("name"_L1).toString(), u"stove"_s);
        QVERIFY(!sent.contains("locations"_L1));
        QCOMPARE(sent.value("deploy"_L1).toBool(), true);
        QCOMPARE(sent.value("parameters"_L1).toObject(),
                 (QJsonObject{
                     {u"patience"_s, 10}, {u"threshold"_s, 50}, {u"insist"_s, true}, {u"from_hour"_s, u"22:00"_s}}));
        QTRY_VERIFY(m_page->notices()->text().contains(u"“Stove left on” is installed."_s));
    }

    void theLibraryInChosenHomesNeedsOne()
    {
        open();
        QVERIFY(PeerWindow::press(m_page, u"library"_s));
        auto* library = m_at.dialog<LibraryDialog>();
        QVERIFY(library && m_at.settle());
        auto* homes = child<QListWidget>(library, u"homes"_s);
        QVERIFY(homes->item(3)->text().contains(u"lacks a device of use stove"_s));
        QCOMPARE(homes->item(3)->checkState(), Qt::Unchecked);
        child<QCheckBox>(library, u"allHomes"_s)->setChecked(false);
        for (int row = 0; row < homes->count(); ++row)
            homes->item(row)->setCheckState(Qt::Unchecked);
        QVERIFY(PeerWindow::press(library, u"install"_s));
        QVERIFY(library->findChild<NoticeBar*>()->text().contains(u"at least one home"_s));
        homes->item(1)->setCheckState(Qt::Checked);
        QVERIFY(PeerWindow::press(library, u"install"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"library.install"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"library.install"_s).value("locations"_L1).toArray(), QJsonArray{2});
    }

    void whatAnalystsInstallIsADraft()
    {
        open(model::OperatorRole::Analyst);
        QVERIFY(PeerWindow::press(m_page, u"library"_s));
        auto* library = m_at.dialog<LibraryDialog>();
        QVERIFY(library && m_at.settle());
        QVERIFY(plainText(library).contains(u"Installed as a draft"_s));
        QVERIFY(PeerWindow::press(library, u"install"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"library.install"_s).value("deploy"_L1).toBool(true), false);
    }
};

QTEST_MAIN(TestComposerPage)
#include "tst_composer_page.moc"
