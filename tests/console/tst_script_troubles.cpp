// One script in Composer, and what goes wrong with it: somebody else's version in the way, runs that fail.

#include "console/editor/script_editor.h"
#include "console/pages/data_table.h"
#include "console/pages/diff_dialog.h"
#include "console/resources/theme.h"
#include "shared/protocol/notification.h"
#include "shared/protocol/operations/script.h"
#include "tests/console/filled.h"
#include "tests/console/peer_window.h"

#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTabWidget>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestScriptTroubles : public QObject
{
    Q_OBJECT

private:
    PeerWindow m_at;
    Page* m_page = nullptr;

    void openScript()
    {
        m_page = m_at.open(u"composer"_s, model::OperatorRole::Coordinator);
        QVERIFY(m_page);
        child<DataTable>(m_page, u"scripts"_s)->selectId(1);
        QVERIFY(PeerWindow::press(m_page, u"edit"_s));
        QVERIFY(m_at.settle());
        QVERIFY(editor()->isVisible());
    }
    ScriptEditor* editor() const { return m_page->findChild<ScriptEditor*>(); }
    QWidget* script() const { return m_page->findChild<QWidget*>(u"ScriptPage"_s); }
    void type(const QString& words) const
    {
        QWidget* target = editor()->focusProxy() ? editor()->focusProxy() : editor()->findChild<QWidget*>();
        QTest::keyClicks(target, words);
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void cleanup() { m_at.end(); }

    // A colleague's version was overwritten: the base sent was the newest, not that of the text.
    void finding_aNewerVersionOfSomebodyElseIsNotOverwrittenSilently_data()
    {
        QTest::addColumn<QString>("button");
        QTest::newRow("save on top") << u"onTop"_s;
        QTest::newRow("keep editing") << u"stay"_s;
        QTest::newRow("compare, then save on top") << u"compare"_s;
    }
    void finding_aNewerVersionOfSomebodyElseIsNotOverwrittenSilently()
    {
        QFETCH(QString, button);
        openScript();
        type(u"#"_s);
        const QString source = editor()->source();
        auto newer = filled<model::ScriptDetail>();
        newer.script.id = ScriptId{1};
        newer.script.version = 4;
        newer.text.source = u"theirs"_s;
        answer<protocol::ScriptGet>(m_at.peer(), [newer](const auto&) { return newer; });
        m_at.peer().on(u"script.saveVersion"_s, [](const QJsonObject& wanted) -> PeerAnswer {
            if (wanted.value("baseVersion"_L1).toInt() != 4)
                return PeerError{u"conflict"_s, u"somebody saved another version"_s};
            return model::toJson(model::SavedVersion{VersionId{45}, 5, true, {}});
        });
        answer<protocol::ScriptDiff>(m_at.peer(), [](const protocol::ScriptDiff& wanted) {
            return model::ScriptDiff{wanted.from, wanted.to, {}};
        });
        notify<protocol::ScriptChanged>(m_at.peer(), {{ScriptId{1}}});
        QTRY_VERIFY(plainText(script()).contains(u"the newest is 4"_s)); // the page knows of it, as it did
        answerInput(this, u"mine"_s);
        QVERIFY(PeerWindow::press(script(), u"save"_s));
        auto* question = m_at.dialog<QMessageBox>();
        QVERIFY(question);
        QCOMPARE(m_at.peer().lastOf(u"script.saveVersion"_s).value("baseVersion"_L1).toInt(), 3);
        QVERIFY2(question->text().contains(u"version 4"_s) && question->text().contains(u"version 3"_s),
                 qPrintable(question->text()));
        QCOMPARE(editor()->source(), source);
        QVERIFY(PeerWindow::press(question, button));
        if (button == u"compare"_s) {
            auto* shown = m_at.dialog<DiffDialog>();
            QVERIFY(shown);
            QCOMPARE(m_at.peer().lastOf(u"script.diff"_s), (QJsonObject{{u"id"_s, 1}, {u"from"_s, 3}, {u"to"_s, 4}}));
            shown->reject();
            QTRY_VERIFY(m_at.dialog<QMessageBox>()); // asked again
            QVERIFY(PeerWindow::press(m_at.dialog<QMessageBox>(), u"onTop"_s));
        }
        QVERIFY(m_at.settle());
        const bool stays = button == u"stay"_s;
        QCOMPARE(m_at.peer().count(u"script.saveVersion"_s), stays ? 1 : 2);
        QCOMPARE(editor()->isChanged(), stays);
        QCOMPARE(editor()->source(), source);
        const QJsonObject sent = m_at.peer().lastOf(u"script.saveVersion"_s);
        QCOMPARE(sent.value("comment"_L1).toString(), u"mine"_s);
        QCOMPARE(sent.value("baseVersion"_L1).toInt(), stays ? 3 : 4);
    }

    // "No problems." stood beside a script whose runs failed.
    void finding_runsThatFailedAreProblems()
    {
        openScript();
        const auto* problems = child<QListWidget>(script(), u"problems"_s);
        QCOMPARE(problems->count(), 1);
        QVERIFY2(problems->item(0)->text().contains(u"1 run failed: ZeroDivisionError: division by zero"_s) ||
                     problems->item(0)->text().contains(u"1 run(s) failed: ZeroDivisionError: division by zero"_s),
                 qPrintable(problems->item(0)->text()));
        auto* tabs = child<QTabWidget>(script(), u"tabs"_s);
        const int place = tabs->indexOf(child<QWidget>(script(), u"problemsTab"_s));
        QCOMPARE(tabs->tabText(place), u"Problems (1)"_s);
        tabs->setCurrentIndex(place);
        Q_EMIT child<QListWidget>(script(), u"problems"_s)->itemActivated(problems->item(0)); // leads to the run
        QCOMPARE(tabs->currentIndex(), 0);
        QVERIFY(child<QPlainTextEdit>(script(), u"run"_s)->toPlainText().contains(u"ZeroDivisionError"_s));
    }
};

QTEST_MAIN(TestScriptTroubles)
#include "tst_script_troubles.moc"
