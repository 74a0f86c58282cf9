#include "tools/viewer/window.h"

#include <fmt/format.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "env/base/error.h"

namespace paperphone::viewer {
namespace {

QString to_qt(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

ViewerWindow::ViewerWindow(std::shared_ptr<const PhoneShared> shared,
                           const data::TrajectoryStore& store)
    : shared_(std::move(shared)), store_(store), summaries_(store.summaries()) {
  auto* splitter = new QSplitter(this);
  splitter->addWidget(make_list());
  splitter->addWidget(make_phone());
  panel_ = new QPlainTextEdit;
  panel_->setReadOnly(true);
  panel_->setFocusPolicy(Qt::ClickFocus);
  splitter->addWidget(panel_);
  splitter->setSizes({400, 420, 460});
  setCentralWidget(splitter);
  resize(1280, 900);
  if (summaries_.empty()) {
    panel_->setPlainText("the file holds no episodes");
  } else {
    list_->setCurrentRow(0);
  }
}

QWidget* ViewerWindow::make_list() {
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  filter_ = new QLineEdit;
  filter_->setPlaceholderText("filter by task, instruction, end, policy");
  filter_->setClearButtonEnabled(true);
  list_ = new QListWidget;
  for (const data::TrajectorySummary& s : summaries_) {
    list_->addItem(to_qt(fmt::format(
        "{} {} {}\n    {} · {} · {} steps", s.success ? "✓" : "✗", s.id, s.instruction,
        s.task_id, end_reason_name(s.end_reason), s.num_steps)));
  }
  connect(list_, &QListWidget::currentRowChanged, this, &ViewerWindow::show_episode);
  connect(filter_, &QLineEdit::textChanged, this, &ViewerWindow::set_filter);
  column->addWidget(filter_);
  column->addWidget(list_);
  return box;
}

QWidget* ViewerWindow::make_phone() {
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  phone_ = new QLabel;
  phone_->setAlignment(Qt::AlignCenter);
  phone_->setMinimumSize(180, 400);
  phone_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);  // not the pixmap's
  phone_->installEventFilter(this);
  column->addWidget(phone_, 1);
  slider_ = new QSlider(Qt::Horizontal);
  connect(slider_, &QSlider::valueChanged, this, &ViewerWindow::show_screen);
  column->addWidget(slider_);
  auto* row = new QHBoxLayout;
  back_ = new QPushButton("◀ previous");
  next_ = new QPushButton("next ▶");
  position_ = new QLabel;
  position_->setAlignment(Qt::AlignCenter);
  connect(back_, &QPushButton::clicked, this, [this] { show_screen(screen_ - 1); });
  connect(next_, &QPushButton::clicked, this, [this] { show_screen(screen_ + 1); });
  row->addWidget(back_);
  row->addWidget(position_, 1);
  row->addWidget(next_);
  column->addLayout(row);
  return box;
}

void ViewerWindow::show_episode(int row) {
  if (row < 0 || row >= int(summaries_.size())) return;
  episode_ = {};
  phone_->clear();
  try {
    episode_ = play_episode(shared_, store_.read(summaries_[std::size_t(row)].id));
  } catch (const Error& error) {  // Qt's event handlers must not throw
    panel_->setPlainText(to_qt(error.what()));
  }
  const QSignalBlocker quiet(slider_);
  slider_->setRange(0, std::max(0, num_screens() - 1));
  setWindowTitle(to_qt(fmt::format("{} — paperphone", episode_.trajectory.task_id)));
  show_screen(0);
}

void ViewerWindow::show_screen(int k) {
  if (num_screens() == 0) return;
  screen_ = std::clamp(k, 0, num_screens() - 1);
  const QSignalBlocker quiet(slider_);
  slider_->setValue(screen_);
  back_->setEnabled(screen_ > 0);
  next_->setEnabled(screen_ + 1 < num_screens());
  position_->setText(QString("%1 / %2").arg(screen_ + 1).arg(num_screens()));
  panel_->setPlainText(to_qt(describe_screen(episode_, std::size_t(screen_))));
  fit_phone();
}

void ViewerWindow::fit_phone() {
  if (num_screens() == 0) return;
  const QImage image(episode_.screens_HWC[std::size_t(screen_)].data(), episode_.width,
                     episode_.height, qsizetype(episode_.width) * 3,
                     QImage::Format_RGB888);
  phone_->setPixmap(QPixmap::fromImage(image).scaled(
      phone_->size(), Qt::KeepAspectRatio, Qt::SmoothTransformation));
}

int ViewerWindow::num_listed() const {
  int listed = 0;
  for (int row = 0; row < list_->count(); ++row) {
    if (!list_->item(row)->isHidden()) ++listed;
  }
  return listed;
}

void ViewerWindow::set_filter(const QString& text) {
  for (int row = 0; row < list_->count(); ++row) {
    const bool fits =
        list_->item(row)->text().contains(text, Qt::CaseInsensitive) ||
        to_qt(summaries_[std::size_t(row)].policy).contains(text, Qt::CaseInsensitive);
    list_->item(row)->setHidden(!fits);
  }
}

QString ViewerWindow::panel_text() const { return panel_->toPlainText(); }

void ViewerWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Left) {
    show_screen(screen_ - 1);
  } else if (event->key() == Qt::Key_Right) {
    show_screen(screen_ + 1);
  } else {
    QMainWindow::keyPressEvent(event);
  }
}

bool ViewerWindow::eventFilter(QObject* watched, QEvent* event) {
  if (watched == phone_ && event->type() == QEvent::Resize) fit_phone();
  return QMainWindow::eventFilter(watched, event);
}

}  // namespace paperphone::viewer
