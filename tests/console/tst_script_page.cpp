// One script in Composer: nothing typed is lost, versions, where and how it is deployed, its parameters.

#include "console/editor/script_editor.h"
#include "console/pages/composer_dialogs.h"
#include "console/pages/data_table.h"
#include "console/resources/theme.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/script.h"
#include "tests/console/filled.h"
#include "tests/console/peer_window.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QTreeWidget>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

void answerQuestion(QObject* context, QMessageBox::StandardButton button)
{
    answerNext(context, [button](QDialog* box) { static_cast<QMessageBox*>(box)->button(button)->click(); });
}

} // namespace

class TestScriptPage : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;
    DataTable* m_table = nullptr;

    void openScript(model::OperatorRole role = model::OperatorRole::Coordinator)
    {
        m_page = m_at.open(u"composer"_s, role);
        QVERIFY(m_page);
        m_table = child<DataTable>(m_page, u"scripts"_s);
        m_table->selectId(1);
        QVERIFY(PeerWindow::press(m_page, u"edit"_s));
        QVERIFY(m_at.settle());
        QVERIFY(editor()->isVisible());
    }
    // The script whose first number is set to this.
    static model::ScriptDetail setTo(int patience)
    {
        auto whole = filled<model::ScriptDetail>();
        whole.script.id = ScriptId{1};
        whole.text.manifest.emplace();
        model::ScriptParameter& parameter = whole.text.manifest->parameters[u"patience"_s];
        parameter.type = model::ParameterType::Minutes;
        parameter.initial = 10;
        whole.values.all = {{u"patience"_s, patience}};
        return whole;
    }
    ScriptEditor* editor() const { return m_page->findChild<ScriptEditor*>(); }
    // The page of one script has buttons of the same names as the list.
    QWidget* script() const { return m_page->findChild<QWidget*>(u"ScriptPage"_s); }
    void type(const QString& words) const
    {
        QWidget* target = editor()->focusProxy() ? editor()->focusProxy() : editor()->findChild<QWidget*>();
        QTest::keyClicks(target, words);
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    void aScriptTellsWhereItRunsAndWhyItDoesNot()
    {
        openScript();
        const auto* homes = child<QTreeWidget>(script(), u"homes"_s);
        QCOMPARE(homes->topLevelItemCount(), 3);
        QCOMPARE(homes->topLevelItem(0)->text(0), u"All homes"_s);
        QCOMPARE(homes->topLevelItem(2)->text(3), u"paused by errors"_s);
        QCOMPARE(homes->topLevelItem(2)->text(4), u"20 errors in a row"_s);
        QVERIFY(child<QPlainTextEdit>(script(), u"run"_s)->toPlainText().contains(u"week share 0.08"_s));
        const QString kept = child<QLabel>(script(), u"keptLines"_s)->text(); // finding G14
        QVERIFY2(kept.contains(QLocale().toString(1000)) && kept.contains(QLocale().toString(2310)), qPrintable(kept));
        QVERIFY(!PeerWindow::canPress(script(), u"save"_s)); // nothing is changed
        QVERIFY(PeerWindow::canPress(script(), u"deploy"_s));
    }

    void faultsAreListedWithTheirLines()
    {
        openScript();
        editor()->setSource(u"\nimport os\n"_s);
        type(u"x"_s);
        QTRY_VERIFY(plainText(script()).contains(u"1 problem"_s));
        const auto* problems = child<QListWidget>(script(), u"problems"_s);
        QCOMPARE(problems->count(), 2); // and the run that failed
        QVERIFY(problems->item(0)->text().startsWith(u"Line 2: 'os' cannot be imported"_s));
        QVERIFY(plainText(script()).contains(u" *"_s)); // it is changed
        QVERIFY(!PeerWindow::canPress(script(), u"deploy"_s));
    }

    void savingSendsTheTextTheNoteAndTheVersionItCameFrom()
    {
        openScript();
        type(u"#"_s);
        answerInput(this, u"a note"_s);
        QVERIFY(PeerWindow::press(script(), u"save"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.saveVersion"_s), 1);
        const QJsonObject sent = m_at.peer().lastOf(u"script.saveVersion"_s);
        QCOMPARE(sent.value("source"_L1).toString(), editor()->source());
        QCOMPARE(sent.value("comment"_L1).toString(), u"a note"_s);
        QCOMPARE(sent.value("baseVersion"_L1).toInt(), 3);
        QVERIFY(!editor()->isChanged());
        QCOMPARE(m_page->notices()->text(), u"Version 4 is saved."_s);
        type(u"#"_s);
        answerInput(this, {});
        QVERIFY(PeerWindow::press(script(), u"save"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"script.saveVersion"_s).value("baseVersion"_L1).toInt(), 4);
    }

    void finding_O5_anUnsavedScriptIsAskedAboutBeforeSigningOut()
    {
        openScript();
        type(u"#"_s);
        const QString source = editor()->source();
        const auto question = [this] { return m_at.dialog<QMessageBox>(); };
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        QVERIFY(question()->text().contains(u"“Stove left on”"_s));
        QVERIFY(PeerWindow::press(question(), u"stay"_s));
        QCOMPARE(editor()->source(), source);
        m_at.window().close();
        QVERIFY(question());
        QVERIFY(m_at.window().isVisible());
        QVERIFY(PeerWindow::press(question(), u"stay"_s));
        QVERIFY(PeerWindow::press(&m_at.window(), u"signOut"_s));
        QVERIFY(PeerWindow::press(question(), u"keep"_s));
        QTRY_VERIFY(m_at.window().signInPage()->isVisible());
        const QJsonObject sent = m_at.peer().lastOf(u"script.saveVersion"_s);
        QCOMPARE(sent.value("source"_L1).toString(), source);
        QCOMPARE(sent.value("baseVersion"_L1).toInt(), 3);
        QVERIFY(editor()->source().isEmpty()); // nothing stays behind
    }

    void finding_O5_anUnsavedScriptOutlivesASessionThatEndsByItselfForItsOperatorAlone()
    {
        openScript();
        type(u"#"_s);
        const QString source = editor()->source();
        m_at.workspace().leave();
        m_at.window().signInPage()->setPassword(u"right"_s);
        QVERIFY(m_at.enter(u"composer"_s));
        QVERIFY(script()->isVisible());
        QCOMPARE(editor()->source(), source);
        QVERIFY(editor()->isChanged());
        m_at.workspace().leave();
        auto another = filled<model::OperatorSession>();
        another.account.id = OperatorId{2};
        another.roles = {{{}, model::OperatorRole::Coordinator}};
        answer<protocol::SessionSignIn>(m_at.peer(), [another](const auto&) { return another; });
        m_at.window().signInPage()->setPassword(u"right"_s);
        QVERIFY(m_at.enter(u"composer"_s));
        QVERIFY(!script()->isVisible());
        QVERIFY(editor()->source().isEmpty());
        QVERIFY(m_page->notices()->text().contains(u"are gone"_s));
    }

    void whatIsTypedWhileItIsSavedIsNotSaved()
    {
        openScript();
        type(u"#"_s);
        answerInput(this, {});
        QVERIFY(PeerWindow::press(script(), u"save"_s));
        type(u"later"_s);
        QVERIFY(m_at.settle());
        QVERIFY(editor()->isChanged());
        QVERIFY(PeerWindow::canPress(script(), u"save"_s));
    }

    void aConflictKeepsTheTextAndCancellingSavesNothing()
    {
        openScript();
        type(u"#"_s);
        answerInput(this, {}, false);
        QVERIFY(PeerWindow::press(script(), u"save"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.saveVersion"_s), 0);
        m_at.breakIt(u"script.saveVersion"_s, u"conflict"_s);
        answerInput(this, {});
        QVERIFY(PeerWindow::press(script(), u"save"_s));
        QVERIFY(m_at.settle());
        QVERIFY(m_page->notices()->text().contains(u"Somebody changed it meanwhile"_s));
        QVERIFY(editor()->isChanged());
        QVERIFY(editor()->source().startsWith(u'#'));
    }

    void unsavedTextIsLeftOnlyWhenOneSaysSo()
    {
        openScript();
        type(u"#"_s);
        answerQuestion(this, QMessageBox::No);
        QVERIFY(PeerWindow::press(script(), u"back"_s));
        QVERIFY(editor()->isVisible() && editor()->isChanged());
        answerQuestion(this, QMessageBox::No);
        Q_EMIT child<DataTable>(script(), u"versions"_s)->opened(1);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.version"_s), 0);
        QVERIFY(editor()->source().startsWith(u'#'));
        answerQuestion(this, QMessageBox::Yes);
        QVERIFY(PeerWindow::press(script(), u"back"_s));
        QVERIFY(!editor()->isVisible());
        QVERIFY(m_table->isVisible());
    }

    void anOlderVersionIsShown()
    {
        openScript();
        Q_EMIT child<DataTable>(script(), u"versions"_s)->opened(2);
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"script.version"_s), (QJsonObject{{u"id"_s, 41}}));
    }

    void deployingAsksWhereAndHow()
    {
        openScript();
        QVERIFY(PeerWindow::press(script(), u"deploy"_s));
        auto* dialog = m_at.dialog<DeployDialog>();
        QVERIFY(dialog);
        auto* homes = child<QListWidget>(dialog, u"homes"_s);
        QVERIFY(!homes->isEnabled());
        child<QCheckBox>(dialog, u"allHomes"_s)->setChecked(false);
        QVERIFY(!PeerWindow::canPress(dialog, u"deploy"_s)); // nowhere is no place
        homes->item(1)->setCheckState(Qt::Checked);
        homes->item(6)->setCheckState(Qt::Checked);
        child<QRadioButton>(dialog, u"shadow"_s)->setChecked(true);
        QVERIFY(PeerWindow::press(dialog, u"deploy"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().count(u"script.deploy"_s), 1);
        QCOMPARE(m_at.peer().lastOf(u"script.deploy"_s),
                 (QJsonObject{{u"id"_s, 1}, {u"locations"_s, QJsonArray{2, 7}}, {u"mode"_s, u"shadow"_s}}));
    }

    void deployingEverywhereNamesNoHome()
    {
        openScript();
        QVERIFY(PeerWindow::press(script(), u"deploy"_s));
        auto* dialog = m_at.dialog<DeployDialog>();
        QVERIFY(dialog);
        child<QListWidget>(dialog, u"homes"_s)->item(0)->setCheckState(Qt::Checked);
        QVERIFY(PeerWindow::press(dialog, u"deploy"_s));
        QVERIFY(m_at.settle());
        QCOMPARE(m_at.peer().lastOf(u"script.deploy"_s), (QJsonObject{{u"id"_s, 1}, {u"mode"_s, u"live"_s}}));
    }

    void analystsDeployInShadowOnly()
    {
        openScript(model::OperatorRole::Analyst);
        QVERIFY(PeerWindow::press(script(), u"deploy"_s));
        auto* dialog = m_at.dialog<DeployDialog>();
        QVERIFY(dialog);
        QVERIFY(!child<QWidget>(dialog, u"live"_s)->isEnabled());
        QCOMPARE(dialog->mode(), model::ScriptMode::Shadow);
    }

    void parametersAreAppliedAsTheFormHasThem()
    {
        openScript();
        child<QTabWidget>(script(), u"tabs"_s)->setCurrentWidget(child<QWidget>(script(), u"parametersTab"_s));
        QVERIFY(PeerWindow::press(script(), u"applyParameters"_s));
        QVERIFY(m_at.settle());
        const QJsonObject sent = m_at.peer().lastOf(u"script.setParameters"_s);
        QCOMPARE(sent.value("values"_L1).toObject().value("patience"_L1).toInt(), 15); // its own, not the default
        QVERIFY(!sent.contains("location"_L1));
    }

    void changedParametersAreLeftOnlyWhenOneSaysSo()
    {
        openScript();
        child<QTabWidget>(script(), u"tabs"_s)->setCurrentWidget(child<QWidget>(script(), u"parametersTab"_s));
        auto* patience = child<QWidget>(script(), u"form"_s)->findChild<QDoubleSpinBox*>();
        QVERIFY(patience);
        patience->setValue(patience->value() + 1);
        answerQuestion(this, QMessageBox::No);
        QVERIFY(PeerWindow::press(script(), u"back"_s));
        QVERIFY(editor()->isVisible());
        QVERIFY(PeerWindow::press(script(), u"applyParameters"_s));
        QVERIFY(m_at.settle());
        QVERIFY(PeerWindow::press(script(), u"back"_s)); // nothing is asked
        QVERIFY(!editor()->isVisible());
    }

    void finding_N13_bothValuesAreShownWhereSomebodySetOthersMeanwhile_data()
    {
        QTest::addColumn<QString>("button");
        QTest::newRow("mine") << u"mine"_s;
        QTest::newRow("what is there") << u"there"_s;
    }
    void finding_N13_bothValuesAreShownWhereSomebodySetOthersMeanwhile()
    {
        QFETCH(QString, button);
        openScript();
        child<QTabWidget>(script(), u"tabs"_s)->setCurrentWidget(child<QWidget>(script(), u"parametersTab"_s));
        auto* patience = child<QWidget>(script(), u"form"_s)->findChild<QDoubleSpinBox*>();
        QVERIFY(patience);
        QCOMPARE(patience->value(), 15);
        patience->setValue(20);
        answer<protocol::ScriptGet>(m_at.peer(), [whole = setTo(30)](const auto&) { return whole; });
        m_at.peer().on(u"script.setParameters"_s, [](const QJsonObject& wanted) -> PeerAnswer {
            if (wanted.value("base"_L1).toObject().value("patience"_L1).toInt() == 30)
                return model::toJson(setTo(20).script);
            return PeerError{u"conflict"_s, u"somebody has set parameters"_s};
        });
        QVERIFY(PeerWindow::press(script(), u"applyParameters"_s));
        auto* question = m_at.dialog<QMessageBox>();
        QVERIFY(question);
        QCOMPARE(m_at.peer().lastOf(u"script.setParameters"_s).value("base"_L1).toObject().value("patience"_L1).toInt(),
                 15);
        QVERIFY2(question->informativeText().contains(u"yours 20, there now 30"_s),
                 qPrintable(question->informativeText()));
        QCOMPARE(patience->value(), 20);
        QVERIFY(PeerWindow::press(question, button));
        QVERIFY(m_at.settle());
        const bool isMine = button == u"mine"_s;
        QCOMPARE(m_at.peer().count(u"script.setParameters"_s), isMine ? 2 : 1);
        if (!isMine) {
            patience = child<QWidget>(script(), u"form"_s)->findChild<QDoubleSpinBox*>();
            QCOMPARE(patience->value(), 30);
        }
    }

    void newsOfTheScriptKeepWhatIsTyped()
    {
        openScript();
        type(u"#"_s);
        const int before = m_at.peer().count(u"script.get"_s);
        notify<protocol::ScriptChanged>(m_at.peer(), {{ScriptId{1}}});
        QTRY_VERIFY(m_at.peer().count(u"script.get"_s) > before);
        QVERIFY(m_at.settle());
        QVERIFY(editor()->source().startsWith(u'#'));
        QVERIFY(editor()->isChanged());
    }
};

QTEST_MAIN(TestScriptPage)
#include "tst_script_page.moc"
