// Completion and call tips of the `composer` API; QScintilla's own QsciAPIs would need a thread to prepare itself.
// Thread: GUI. Owner: the lexer. Flow: composerWords → what fits the text before the cursor.
#pragma once

#include "console/editor/qscintilla.h"

namespace cohort::console {

class ComposerApis final : public QsciAbstractAPIs
{
public:
    explicit ComposerApis(QsciLexer* lexer);

    void updateAutoCompletionList(const QStringList& context, QStringList& list) override;
    QStringList callTips(const QStringList& context, int commas, QsciScintilla::CallTipsStyle style,
                         QList<int>& shifts) override;

private:
    QStringList m_words; // "home.alert(key, text=, …)"
};

} // namespace cohort::console
