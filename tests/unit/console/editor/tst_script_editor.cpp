// The editor keeps the text, knows whether it was changed, and shows faults wherever they claim to be.

#include "console/editor/composer_apis.h"
#include "console/editor/composer_words.h"
#include "console/editor/script_editor.h"

#include <QSignalSpy>
#include <QtTest>

using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestScriptEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingASourceIsNoEdit()
    {
        ScriptEditor editor;
        QSignalSpy edited(&editor, &ScriptEditor::edited);
        editor.setSource(u"from composer import app\n# Küche\n"_s);
        QCOMPARE(edited.count(), 0);
        QVERIFY(!editor.isChanged());
        QCOMPARE(editor.source(), u"from composer import app\n# Küche\n"_s);
    }

    void typingIsAnEdit()
    {
        ScriptEditor editor;
        editor.show();
        QSignalSpy edited(&editor, &ScriptEditor::edited);
        QSignalSpy changed(&editor, &ScriptEditor::changedStateChanged);
        QTest::keyClicks(editor.focusProxy(), u"x = 1"_s);
        QVERIFY(edited.count() >= 5);
        QVERIFY(editor.isChanged());
        QCOMPARE(changed.count(), 1);
        editor.setUnchanged();
        QVERIFY(!editor.isChanged());
    }

    void showsFaultsAnywhere()
    {
        ScriptEditor editor;
        editor.setSource(u"import os\nx = 1\n"_s);
        editor.showFaults({{u"script"_s, 1, 8, u"'os' cannot be imported here"_s},
                           {u"script"_s, 1, 1, u"second of the line"_s},
                           {u"script"_s, 900, 900, u"behind the end"_s},
                           {u"script"_s, 0, -5, u"before the start"_s}});
        QVERIFY(!editor.isChanged());
        QCOMPARE(editor.source(), u"import os\nx = 1\n"_s);
        editor.showFaults({});
        editor.setSource({});
        editor.showFaults({{u"script"_s, 1, 1, u"of an empty source"_s}});
    }

    void offersWhatFitsTheTextBeforeTheCursor()
    {
        QsciLexerPython lexer;
        ComposerApis apis(&lexer);
        QStringList offered;
        apis.updateAutoCompletionList({u"home"_s, u"st"_s}, offered);
        QCOMPARE(offered, (QStringList{u"state"_s, u"start_timer"_s}));
        offered.clear();
        apis.updateAutoCompletionList({u"nothing"_s, u"x"_s}, offered);
        apis.updateAutoCompletionList({}, offered);
        QVERIFY(offered.isEmpty());
        apis.updateAutoCompletionList({u"ho"_s}, offered);
        QCOMPARE(offered, QStringList{u"home"_s});
        QList<int> shifts;
        QCOMPARE(apis.callTips({u"home"_s, u"because"_s, {}}, 0, QsciScintilla::CallTipsNoContext, shifts),
                 QStringList{u"home.because(text)"_s});
    }

    void completesTheApi()
    {
        const QStringList words = composerWords();
        for (const char* name : {"home.start_timer(", "on.schedule(", "home.because(", "Minutes("})
            QVERIFY(std::any_of(words.begin(), words.end(),
                                [name](const QString& word) { return word.startsWith(QLatin1StringView(name)); }));
    }
};

QTEST_MAIN(TestScriptEditor)
#include "tst_script_editor.moc"
