// Where the editor marks faults, where it goes, and what keys do in it: undoing, indenting, completing, nothing when read-only.

#include "console/editor/composer_apis.h"
#include "console/editor/composer_words.h"
#include "console/editor/script_editor.h"

#include <QSet>
#include <QSignalSpy>
#include <QtTest>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

class TestFaultsAndKeys : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ScriptEditor> m_editor;
    QsciScintilla* m_text = nullptr;

    // Of the line, from 0: what the squiggle is under.
    QString underlined(int line) const
    {
        constexpr int FaultIndicator = 8;
        const int start = m_text->positionFromLineIndex(line, 0);
        const QByteArray text = m_text->text(line).toUtf8();
        QByteArray marked;
        for (int i = 0; i < text.size(); ++i) {
            if (m_text->SendScintilla(QsciScintillaBase::SCI_INDICATORVALUEAT, FaultIndicator, long(start + i)) != 0)
                marked.append(text.at(i));
        }
        return QString::fromUtf8(marked);
    }
    QList<int> markedLines() const
    {
        QList<int> lines;
        for (int line = 0; line < m_text->lines(); ++line) {
            if (m_text->markersAtLine(line) & 2U)
                lines.append(line);
        }
        return lines;
    }
    static model::ScriptFault fault(int line, int column, const QString& message = u"wrong"_s)
    {
        return {u"script"_s, line, column, message};
    }
    QString underlinedAt(int line, int column)
    {
        m_editor->showFaults({fault(line, column)});
        return underlined(line - 1);
    }
    std::pair<int, int> cursor() const
    {
        int line = -1, index = -1;
        m_text->getCursorPosition(&line, &index);
        return {line, index};
    }

private Q_SLOTS:
    void init()
    {
        m_editor = std::make_unique<ScriptEditor>();
        m_editor->resize(600, 400);
        m_editor->show();
        m_text = m_editor->findChild<QsciScintilla*>();
        QVERIFY(m_text);
    }
    void cleanup() { m_editor.reset(); }

    void aFaultIsUnderTheWordWhereItBegins()
    {
        m_editor->setSource(u"import os\nküche = motion_1 + 2\n\n    \nx = 1"_s);
        QCOMPARE(underlinedAt(1, 1), u"import"_s);
        QCOMPARE(underlinedAt(1, 8), u"os"_s);
        QCOMPARE(underlinedAt(1, 9), u"s"_s);
        QCOMPARE(underlinedAt(2, 1), u"küche"_s); // columns are letters, not bytes
        QCOMPARE(underlinedAt(2, 9), u"motion_1"_s);
        QCOMPARE(underlinedAt(2, 18), u"+"_s);
        QCOMPARE(underlinedAt(5, 5), u"1"_s); // the last of a line without an end
        QCOMPARE(underlinedAt(5, 99), u"1"_s);
        QCOMPARE(underlinedAt(1, 99), u"s"_s);
        QCOMPARE(underlinedAt(1, -3), u"import"_s);
    }

    void aFaultOfALineThatIsNotThereIsAtTheNearest()
    {
        m_editor->setSource(u"a = 1\nb = 2"_s);
        m_editor->showFaults({fault(0, 1)});
        QCOMPARE(markedLines(), QList<int>{0});
        m_editor->showFaults({fault(3, 1)});
        QCOMPARE(markedLines(), QList<int>{1});
        m_editor->showFaults({fault(2, 1), fault(1, 1)});
        QCOMPARE(markedLines(), (QList<int>{0, 1}));
    }

    void theFirstFaultOfALineIsWrittenBelowIt()
    {
        m_editor->setSource(u"a = b + c\nd = 2\n"_s);
        m_editor->showFaults({fault(1, 5, u"no b"_s), fault(1, 9, u"no c"_s), fault(2, 1, u"no d"_s)});
        QCOMPARE(m_text->annotation(0), u"no b"_s);
        QCOMPARE(m_text->annotation(1), u"no d"_s);
        QCOMPARE(underlined(0), u"bc"_s);
    }

    void aLongMessageIsBrokenBetweenItsWords()
    {
        m_editor->setSource(u"a = 1\n"_s);
        const QString message = QStringList(60, u"word"_s).join(u' ');
        m_editor->showFaults({fault(1, 1, message)});
        const QStringList lines = m_text->annotation(0).split(u'\n');
        QCOMPARE(lines.size(), 4); // 18 words of five letters, blanks and all, in 90 columns
        for (const QString& line : lines)
            QVERIFY2(line.size() <= 90, qPrintable(line));
        QCOMPARE(lines.join(u' '), message);
        const QString whole = QString(200, u'x');
        m_editor->showFaults({fault(1, 1, whole)});
        QCOMPARE(m_text->annotation(0), whole);
        const QString exact = QString(45, u'x') + u' ' + QString(44, u'y');
        m_editor->showFaults({fault(1, 1, exact)});
        QCOMPARE(m_text->annotation(0), exact);
        m_editor->showFaults({fault(1, 1, exact + u'y')});
        QCOMPARE(m_text->annotation(0).count(u'\n'), 1);
    }

    void theNextCheckTakesTheMarksOfTheOneBeforeAway()
    {
        m_editor->setSource(u"a = 1\nküche"_s);
        m_editor->showFaults({fault(1, 1), fault(2, 1)});
        m_editor->showFaults({fault(1, 5, u"other"_s)});
        QCOMPARE(markedLines(), QList<int>{0});
        QCOMPARE(underlined(0), u"1"_s);
        QCOMPARE(underlined(1), QString());
        QCOMPARE(m_text->annotation(0), u"other"_s);
        QCOMPARE(m_text->annotation(1), QString());
        m_editor->setSource(u"another\nscript\n"_s);
        QVERIFY(markedLines().isEmpty());
        QCOMPARE(underlined(0), QString());
    }

    void goesToLinesAndColumnsFromOne()
    {
        m_editor->setSource(u"a = 1\n    b = 2\nc"_s);
        m_editor->goTo(2, 5);
        QCOMPARE(cursor(), std::pair(1, 4));
        m_editor->goTo(0, 0);
        QCOMPARE(cursor(), std::pair(0, 0));
        m_editor->goTo(900, 1);
        QCOMPARE(cursor(), std::pair(2, 0));
        m_editor->goTo(3, 2);
        QCOMPARE(cursor(), std::pair(2, 1));
    }

    void undoingEndsAtTheSourceThatWasSet()
    {
        m_editor->setSource(u"first\n"_s);
        m_editor->setSource(u"second\n"_s);
        QVERIFY(!m_text->isUndoAvailable());
        QSignalSpy changed(m_editor.get(), &ScriptEditor::changedStateChanged);
        QTest::keyClicks(m_text, u"x"_s);
        QVERIFY(m_editor->isChanged());
        m_text->undo();
        QCOMPARE(m_editor->source(), u"second\n"_s);
        QVERIFY(!m_editor->isChanged()); // back where it was
        m_text->undo();
        QCOMPARE(m_editor->source(), u"second\n"_s);
        QCOMPARE(changed.count(), 2);
    }

    void whatWasSavedIsWhereChangesCountFrom()
    {
        m_editor->setSource(u"a\n"_s);
        QTest::keyClicks(m_text, u"x"_s);
        m_editor->setUnchanged();
        QVERIFY(!m_editor->isChanged());
        m_text->undo();
        QVERIFY(m_editor->isChanged());
        QCOMPARE(m_editor->source(), u"a\n"_s);
    }

    void readOnlyTakesNoKeysButANewSource()
    {
        m_editor->setSource(u"a = 1\n"_s);
        m_editor->setReadOnly(true);
        QSignalSpy edited(m_editor.get(), &ScriptEditor::edited);
        QTest::keyClicks(m_text, u"xyz"_s);
        QTest::keyClick(m_text, Qt::Key_Delete);
        QCOMPARE(m_editor->source(), u"a = 1\n"_s);
        m_editor->setSource(u"b = 2\n"_s);
        QCOMPARE(m_editor->source(), u"b = 2\n"_s);
        QTest::keyClicks(m_text, u"x"_s);
        QCOMPARE(m_editor->source(), u"b = 2\n"_s);
        QCOMPARE(edited.count(), 0);
        m_editor->setReadOnly(false);
        QTest::keyClicks(m_text, u"x"_s);
        QCOMPARE(m_editor->source(), u"xb = 2\n"_s);
    }

    void indentsByFourBlanks()
    {
        m_editor->setSource(u"if x:"_s);
        m_editor->goTo(1, 6);
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClick(m_text, Qt::Key_Tab);
        QTest::keyClicks(m_text, u"y"_s);
        QTest::keyClick(m_text, Qt::Key_Return);
        QTest::keyClicks(m_text, u"z"_s);
        QCOMPARE(m_editor->source(), u"if x:\n    y\n    z"_s);
        QTest::keyClick(m_text, Qt::Key_Backspace);
        QTest::keyClick(m_text, Qt::Key_Backspace); // the whole step
        QCOMPARE(m_editor->source(), u"if x:\n    y\n"_s);
    }

    void offersMembersOfTheObjectOnly()
    {
        QsciLexerPython lexer;
        ComposerApis apis(&lexer);
        const auto offered = [&](const QStringList& context) {
            QStringList list;
            apis.updateAutoCompletionList(context, list);
            return list;
        };
        qsizetype members = 0;
        for (const QString& word : composerWords())
            members += word.startsWith(u"home."_s) ? 1 : 0;
        const QStringList home = offered({u"home"_s, QString()});
        QCOMPARE(home.size(), members);
        QVERIFY(home.contains(u"alert"_s) && home.contains(u"because"_s) && !home.contains(u"measurement"_s));
        QCOMPARE(offered({u"on"_s, u"device_"_s}).size(), 4);
        QCOMPARE(offered({u"home"_s, u"Alert"_s}), QStringList()); // Python minds the case
        QCOMPARE(offered({u"home"_s, u"rooms"_s, QString()}), QStringList());
        QCOMPARE(offered({u"M"_s}), QStringList{u"Minutes"_s});
    }

    void tellsTheParametersOfExactlyWhatIsCalled()
    {
        QsciLexerPython lexer;
        ComposerApis apis(&lexer);
        const auto tips = [&](const QStringList& context) {
            QList<int> shifts;
            const QStringList found = apis.callTips(context, 0, QsciScintilla::CallTipsNoContext, shifts);
            return shifts.size() == found.size() ? found : QStringList{u"shifts differ"_s};
        };
        QCOMPARE(tips({u"on"_s, u"every"_s, {}}), QStringList{u"on.every(interval, late=None)"_s});
        QCOMPARE(tips({u"home"_s, u"fact"_s, {}}).size(), 1); // and not facts_history
        QCOMPARE(tips({u"home"_s, u"fac"_s, {}}), QStringList());
        QCOMPARE(tips({u"every"_s, {}}), QStringList());
        QCOMPARE(tips({{}, {}}), QStringList());
    }

    void eachWordOfTheApiIsThereOnce()
    {
        QSet<QString> names;
        for (const QString& word : composerWords()) {
            const QString name = word.section(u'(', 0, 0);
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
            QCOMPARE(word.count(u'('), word.count(u')'));
        }
    }
};

QTEST_MAIN(TestFaultsAndKeys)
#include "tst_faults_and_keys.moc"
