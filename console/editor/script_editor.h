// The editor for scripts: Python highlighting, folding, completion, faults where they are.
// Thread: GUI. Owner: Composer's editor page. Flow: keys → edited → ScriptCheck → showFaults.
#pragma once

#include "shared/model/script.h"

#include <QWidget>

class QsciLexerPython;
class QsciScintilla;

namespace cohort::console {

class ScriptEditor : public QWidget
{
    Q_OBJECT
public:
    explicit ScriptEditor(QWidget* parent = nullptr);

    // Shows `source` as unchanged; ends undoing.
    void setSource(const QString& source);
    QString source() const;
    bool isChanged() const;
    void setUnchanged();
    void setReadOnly(bool readOnly);
    // Underlines them, marks their lines, and writes the first of each line below it.
    void showFaults(const QList<model::ScriptFault>& faults);
    void goTo(int line, int column); // from 1

Q_SIGNALS:
    void edited();
    void changedStateChanged(bool changed);

protected:
    void changeEvent(QEvent* event) override;

private:
    void setUpMargins();
    void setUpCompletion();
    void applyColors();

    QsciScintilla* m_text;
    QsciLexerPython* m_lexer;
    bool m_setting = false;
};

} // namespace cohort::console
