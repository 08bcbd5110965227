#include "console/pages/form_dialog.h"

#include "console/pages/form_fields.h"
#include "console/pages/small_widgets.h"
#include "console/pages/text.h"
#include "ui_form_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QSpinBox>

namespace cohort::console {

namespace {

QLabel* faintLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("role", QStringLiteral("faint"));
    return label;
}

} // namespace

FormDialog::FormDialog(const QString& title, const QString& about, QWidget* parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::FormDialog>())
{
    m_ui->setupUi(this);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->about->setText(about);
    m_ui->about->setVisible(!about.isEmpty());
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->ok, &QPushButton::clicked, this, &FormDialog::submitted);
}

FormDialog::~FormDialog() = default;

template <typename Field>
Field* FormDialog::added(Field* field, const char* name, const QString& label)
{
    field->setObjectName(QString::fromLatin1(name));
    m_ui->fields->addRow(label, field);
    return field;
}

QLineEdit* FormDialog::addText(const char* name, const QString& label, const QString& value)
{
    auto* field = added(new QLineEdit(this), name, label);
    field->setText(value);
    return field;
}

QLineEdit* FormDialog::addSecret(const char* name, const QString& label, const QString& hint)
{
    auto* field = added(new QLineEdit(this), name, label);
    field->setEchoMode(QLineEdit::Password);
    field->setPlaceholderText(hint);
    return field;
}

QComboBox* FormDialog::addChoice(const char* name, const QString& label)
{
    return added(new QComboBox(this), name, label);
}

QCheckBox* FormDialog::addCheck(const char* name, const QString& label, bool on)
{
    auto* box = added(new QCheckBox(label, this), name, QString());
    box->setChecked(on);
    return box;
}

QSpinBox* FormDialog::addNumber(const char* name, const QString& label, int value, const NumberWish& wish)
{
    auto* field = new QSpinBox(this);
    field->setObjectName(QString::fromLatin1(name));
    field->setRange(wish.least, wish.most);
    field->setGroupSeparatorShown(true);
    field->setSuffix(wish.unit);
    field->setValue(value);
    const QLocale locale;
    auto* row = new QHBoxLayout;
    row->addWidget(field, 1);
    row->addWidget(
        faintLabel(Pages::tr("%1 to %2, usually %3")
                       .arg(locale.toString(wish.least), locale.toString(wish.most), locale.toString(wish.usual)),
                   this));
    m_ui->fields->addRow(label, row);
    return field;
}

void FormDialog::addRemark(const QString& text)
{
    QLabel* remark = faintLabel(text, this);
    remark->setWordWrap(true);
    m_ui->fields->addRow(remark);
}

QListWidget* FormDialog::addKept(const char* name, const QString& label)
{
    auto* list = added(new QListWidget(this), name, label);
    list->setMaximumHeight(120);
    return list;
}

// Tab goes through the fields from above and then to the buttons, which were made first.
void FormDialog::showEvent(QShowEvent* event)
{
    focusFirstField(*this);
    if (QWidget* last = previousInFocusChain(); last != m_ui->ok) {
        setTabOrder(last, m_ui->cancel);
        setTabOrder(m_ui->cancel, m_ui->ok);
    }
    QDialog::showEvent(event);
}

NoticeBar* FormDialog::notices() const
{
    return m_ui->noticeBar;
}

QPushButton* FormDialog::ok() const
{
    return m_ui->ok;
}

bool FormDialog::misses(QLineEdit* field, const QString& what)
{
    return console::misses(notices(), field, what);
}

} // namespace cohort::console
