#include "console/editor/script_editor.h"

#include "console/editor/composer_apis.h"
#include "console/editor/qscintilla.h"
#include "console/editor/text.h"
#include "console/resources/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int FaultIndicator = 8;
constexpr int FaultMarker = 1;
constexpr int NumberMargin = 0, MarkerMargin = 1, FoldMargin = 2;
constexpr int AnnotationColumns = 90;

// Annotations do not wrap themselves.
QString inLines(const QString& message)
{
    QString lines;
    qsizetype column = 0;
    for (const QString& word : message.split(u' ')) {
        if (!lines.isEmpty()) {
            const bool full = column + 1 + word.size() > AnnotationColumns;
            lines += full ? u'\n' : u' ';
            column = full ? 0 : column + 1;
        }
        lines += word;
        column += word.size();
    }
    return lines;
}

} // namespace

ScriptEditor::ScriptEditor(QWidget* parent)
    : QWidget(parent), m_text(new QsciScintilla(this)), m_lexer(new QsciLexerPython(m_text))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    setFocusProxy(m_text);
    m_text->setUtf8(true);
    m_text->setEolMode(QsciScintilla::EolUnix);
    m_text->setTabWidth(4);
    m_text->setIndentationsUseTabs(false);
    m_text->setAutoIndent(true);
    m_text->setBackspaceUnindents(true);
    m_text->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_text->setEdgeMode(QsciScintilla::EdgeLine);
    m_text->setEdgeColumn(110);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setScrollWidth(1);
    m_text->setScrollWidthTracking(true);
    m_text->setLexer(m_lexer);
    m_text->setAccessibleName(Editor::tr("Script's source"));
    setUpMargins();
    setUpCompletion();
    applyColors();
    connect(m_text, &QsciScintilla::textChanged, this, [this] {
        if (!m_setting)
            Q_EMIT edited();
    });
    connect(m_text, &QsciScintilla::modificationChanged, this, &ScriptEditor::changedStateChanged);
}

void ScriptEditor::setUpMargins()
{
    m_text->setMarginType(NumberMargin, QsciScintilla::NumberMargin);
    m_text->setMarginWidth(NumberMargin, u"00000"_s);
    m_text->setMarginType(MarkerMargin, QsciScintilla::SymbolMargin);
    m_text->setMarginWidth(MarkerMargin, 8);
    m_text->markerDefine(QsciScintilla::FullRectangle, FaultMarker);
    m_text->setMarginMarkerMask(MarkerMargin, 1 << FaultMarker);
    m_text->setFolding(QsciScintilla::PlainFoldStyle, FoldMargin);
    m_text->indicatorDefine(QsciScintilla::SquiggleIndicator, FaultIndicator);
    m_text->setAnnotationDisplay(QsciScintilla::AnnotationBoxed);
}

void ScriptEditor::setUpCompletion()
{
    new ComposerApis(m_lexer);
    m_text->setAutoCompletionSource(QsciScintilla::AcsAll);
    m_text->setAutoCompletionThreshold(2);
    m_text->setAutoCompletionCaseSensitivity(true);
    m_text->setCallTipsStyle(QsciScintilla::CallTipsNoContext);
}

void ScriptEditor::applyColors()
{
    const Theme colors = theme();
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(10); // QScintilla knows points only
    m_lexer->setDefaultFont(font);
    m_lexer->setDefaultPaper(colors.surface);
    m_lexer->setDefaultColor(colors.text);
    m_lexer->setFont(font);
    m_lexer->setPaper(colors.surface);
    m_lexer->setColor(colors.text);
    const QColor keyword = colors.series(2), text = colors.series(5), name = colors.series(0);
    for (const int style : {QsciLexerPython::Keyword, QsciLexerPython::HighlightedIdentifier})
        m_lexer->setColor(keyword, style);
    for (const int style : {QsciLexerPython::SingleQuotedString, QsciLexerPython::DoubleQuotedString,
                            QsciLexerPython::TripleSingleQuotedString, QsciLexerPython::TripleDoubleQuotedString,
                            QsciLexerPython::SingleQuotedFString, QsciLexerPython::DoubleQuotedFString})
        m_lexer->setColor(text, style);
    for (const int style :
         {QsciLexerPython::FunctionMethodName, QsciLexerPython::ClassName, QsciLexerPython::Decorator})
        m_lexer->setColor(name, style);
    m_lexer->setColor(colors.series(1), QsciLexerPython::Number);
    for (const int style : {QsciLexerPython::Comment, QsciLexerPython::CommentBlock})
        m_lexer->setColor(colors.faint, style);
    m_lexer->setPaper(colors.toneFill(Tone::Bad), QsciLexerPython::UnclosedString);
    m_text->setCaretForegroundColor(colors.text);
    m_text->setCaretLineVisible(true);
    m_text->setCaretLineBackgroundColor(colors.raised);
    m_text->setSelectionBackgroundColor(colors.selection);
    m_text->resetSelectionForegroundColor();
    m_text->setMarginsBackgroundColor(colors.surface);
    m_text->setMarginsForegroundColor(colors.faint);
    m_text->setMarginsFont(font);
    m_text->setFoldMarginColors(colors.surface, colors.surface);
    m_text->setEdgeColor(colors.border);
    m_text->setMatchedBraceBackgroundColor(colors.selection);
    m_text->setMatchedBraceForegroundColor(colors.text);
    m_text->setIndicatorForegroundColor(colors.tone(Tone::Bad), FaultIndicator);
    m_text->setMarkerBackgroundColor(colors.tone(Tone::Bad), FaultMarker);
}

void ScriptEditor::setSource(const QString& source)
{
    m_setting = true;
    m_text->setText(source);
    m_text->setModified(false);
    m_text->SendScintilla(QsciScintillaBase::SCI_EMPTYUNDOBUFFER);
    m_setting = false;
    showFaults({});
}

QString ScriptEditor::source() const
{
    return m_text->text();
}

bool ScriptEditor::isChanged() const
{
    return m_text->isModified();
}

void ScriptEditor::setUnchanged()
{
    m_text->setModified(false);
}

void ScriptEditor::setReadOnly(bool readOnly)
{
    m_text->setReadOnly(readOnly);
}

void ScriptEditor::showFaults(const QList<model::ScriptFault>& faults)
{
    const int lastLine = std::max(0, m_text->lines() - 1);
    m_text->clearIndicatorRange(0, 0, lastLine, m_text->lineLength(lastLine), FaultIndicator);
    m_text->markerDeleteAll(FaultMarker);
    m_text->clearAnnotations();
    const Theme colors = theme();
    const QsciStyle style(-1, u"fault"_s, colors.tone(Tone::Bad), colors.toneFill(Tone::Bad),
                          m_lexer->font(QsciLexerPython::Comment));
    QSet<int> annotated;
    for (const model::ScriptFault& fault : faults) {
        const int line = std::clamp(fault.line - 1, 0, lastLine);
        const QString text = m_text->text(line);
        qsizetype length = text.size();
        while (length > 0 && (text.at(length - 1) == u'\n' || text.at(length - 1) == u'\r'))
            --length;
        const int from = std::clamp(fault.column - 1, 0, std::max(0, static_cast<int>(length) - 1));
        int to = from + 1;
        while (to < text.size() && (text.at(to).isLetterOrNumber() || text.at(to) == u'_'))
            ++to;
        m_text->fillIndicatorRange(line, from, line, to, FaultIndicator);
        m_text->markerAdd(line, FaultMarker);
        if (!annotated.contains(line))
            m_text->annotate(line, inLines(fault.message), style);
        annotated.insert(line);
    }
}

void ScriptEditor::goTo(int line, int column)
{
    const int row = std::clamp(line - 1, 0, std::max(0, m_text->lines() - 1));
    m_text->setCursorPosition(row, std::max(0, column - 1));
    m_text->ensureLineVisible(row);
    m_text->setFocus();
}

void ScriptEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

} // namespace cohort::console
