#include "console/editor/composer_apis.h"

#include "console/editor/composer_words.h"

namespace cohort::console {

namespace {

// "home.alert(key…" → "home.alert"
QString nameOf(const QString& word)
{
    return word.section(u'(', 0, 0);
}

} // namespace

ComposerApis::ComposerApis(QsciLexer* lexer) : QsciAbstractAPIs(lexer), m_words(composerWords()) {}

void ComposerApis::updateAutoCompletionList(const QStringList& context, QStringList& list)
{
    const QString typed = context.join(u'.');
    const qsizetype depth = context.size() - 1;
    for (const QString& word : std::as_const(m_words)) {
        const QString name = nameOf(word);
        if (!typed.isEmpty() && name.startsWith(typed) && name.count(u'.') >= depth)
            list.append(name.section(u'.', static_cast<int>(depth), static_cast<int>(depth)));
    }
    list.removeDuplicates();
}

QStringList ComposerApis::callTips(const QStringList& context, int, QsciScintilla::CallTipsStyle, QList<int>& shifts)
{
    // The context ends with an empty word behind the bracket.
    QStringList words = context;
    while (!words.isEmpty() && words.last().isEmpty())
        words.removeLast();
    const QString called = words.join(u'.');
    QStringList tips;
    for (const QString& word : std::as_const(m_words)) {
        if (!called.isEmpty() && nameOf(word) == called) {
            tips.append(word);
            shifts.append(0);
        }
    }
    return tips;
}

} // namespace cohort::console
