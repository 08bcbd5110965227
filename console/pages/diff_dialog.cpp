#include "console/pages/diff_dialog.h"

#include "console/pages/text.h"
#include "console/resources/theme.h"
#include "ui_diff_dialog.h"

#include <QTextBlock>
#include <QTextCursor>

#include <utility>

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

QString markOf(model::DiffKind kind)
{
    switch (kind) {
    case model::DiffKind::Removed:
        return u"− "_s;
    case model::DiffKind::Added:
        return u"+ "_s;
    case model::DiffKind::Same:
        break;
    }
    return u"  "_s;
}

void colour(QTextCursor& cursor, model::DiffKind kind)
{
    QTextBlockFormat format;
    if (kind != model::DiffKind::Same) {
        QColor ground = theme().tone(kind == model::DiffKind::Added ? Tone::Good : Tone::Bad);
        ground.setAlpha(50);
        format.setBackground(ground);
    }
    cursor.setBlockFormat(format);
}

} // namespace

DiffDialog::DiffDialog(const QString& script, const model::ScriptDiff& diff, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::DiffDialog>())
{
    m_ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    int removed = 0, added = 0;
    QString file = u"script"_s;
    QTextCursor cursor(m_ui->lines->document());
    const auto write = [&](const QString& text, model::DiffKind kind) {
        if (!m_ui->lines->document()->isEmpty())
            cursor.insertBlock();
        colour(cursor, kind);
        cursor.insertText(text);
    };
    for (const model::DiffLine& line : diff.lines) {
        if (std::exchange(file, line.file) != line.file)
            write(u"── "_s + line.file, model::DiffKind::Same);
        write(markOf(line.kind) + line.text, line.kind);
        removed += line.kind == model::DiffKind::Removed ? 1 : 0;
        added += line.kind == model::DiffKind::Added ? 1 : 0;
    }
    m_ui->lines->moveCursor(QTextCursor::Start);
    m_ui->summary->setText(Pages::tr("“%1”, from version %2 to version %3: lines that went %4, lines that came %5.")
                               .arg(script)
                               .arg(diff.from)
                               .arg(diff.to)
                               .arg(removed)
                               .arg(added));
}

DiffDialog::~DiffDialog() = default;

} // namespace cohort::console
