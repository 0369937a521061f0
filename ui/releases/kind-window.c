/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "releases/kind-window.h"

#include "board/look.h"
#include "draw/resource.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

#define BOARD_KEY "jmp-board"

struct _JmpKindWindow {
  AdwWindow parent;

  /* Owned references */
  JmpSession *session;
  GCancellable *looking;
  GPtrArray *fitting; /* of #JmpBoard, likeliest first */
  char *needle;       /* what is searched for, case-folded */

  /* Template widgets */
  GtkSearchEntry *search;
  GtkWidget *look_list;
  AdwActionRow *look_row;
  GtkSpinner *spinner;
  GtkButton *look;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (JmpKindWindow, jmp_kind_window, ADW_TYPE_WINDOW)

/* --- The list --- */

static JmpBoard *
board_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), BOARD_KEY);
}

static gboolean
does_fit (JmpKindWindow *self, JmpBoard *board)
{
  return g_ptr_array_find (self->fitting, board, NULL);
}

static void
add_board (JmpKindWindow *self, JmpBoard *board)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = g_strdup_printf (
      "%s · %s · %s", board->vendor, board->mcu, board->id);

  g_object_set (row,
                "use-markup",
                FALSE,
                "title",
                board->product,
                "subtitle",
                subtitle,
                "icon-name",
                "jumper-board-symbolic",
                "activatable",
                TRUE,
                NULL);
  if (board == jmp_session_get_board (self->session))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("object-select-symbolic"));
  g_object_set_data_full (
      G_OBJECT (row), BOARD_KEY, jmp_board_ref (board), (GDestroyNotify)jmp_board_unref);
  gtk_list_box_append (self->list, row);
}

/* What fits first, in the order of likelihood; then all others by name. */
static void
fill_list (JmpKindWindow *self)
{
  JmpLibrary *library = jmp_session_get_library (self->session);
  GPtrArray *all = jmp_catalogue_get_boards (jmp_library_get_catalogue (library));

  for (guint i = 0; i < self->fitting->len; i++)
    add_board (self, self->fitting->pdata[i]);
  for (guint i = 0; i < all->len; i++) {
    if (!does_fit (self, all->pdata[i]))
      add_board (self, all->pdata[i]);
  }
}

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, needle) != NULL;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  JmpKindWindow *self = user_data;
  JmpBoard *board = board_of (row);

  if (self->needle == NULL)
    return TRUE;
  return contains (board->product, self->needle) || contains (board->vendor, self->needle)
         || contains (board->id, self->needle) || contains (board->mcu, self->needle)
         || contains (board->machine, self->needle);
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  JmpKindWindow *self = user_data;
  const gboolean fits = does_fit (self, board_of (row));
  GtkWidget *label;

  if (before != NULL && does_fit (self, board_of (before)) == fits) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  label = gtk_label_new (fits ? _ ("Looks Like This Board") : _ ("Looks Different"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 3);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_list_box_row_set_header (row, label);
}

static void
search_changed_cb (JmpKindWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_free (self->needle);
  self->needle = *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
}

static void
stop_search_cb (JmpKindWindow *self)
{
  if (self->needle != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- The choice --- */

static void
take (JmpKindWindow *self, JmpBoard *board)
{
  jmp_session_set_board (self->session, board, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
different_response_cb (JmpKindWindow *self, const char *response, AdwMessageDialog *dialog)
{
  if (g_str_equal (response, "take"))
    take (self, g_object_get_data (G_OBJECT (dialog), BOARD_KEY));
}

/* The ids or the memory say that it is another one; the person may know better. */
static void
ask_about_different (JmpKindWindow *self, JmpBoard *board)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self),
      _ ("Is It Really This Board?"),
      _ ("The memory or the USB ids of the connected board are different from what this board has. "
         "Firmware for another board may not run."));

  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "take", _ ("It _Is This Board"), NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "take", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (
      G_OBJECT (dialog), BOARD_KEY, jmp_board_ref (board), (GDestroyNotify)jmp_board_unref);
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (different_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
row_activated_cb (JmpKindWindow *self, GtkListBoxRow *row)
{
  JmpBoard *board = board_of (row);

  if (does_fit (self, board) || self->fitting->len == 0)
    take (self, board);
  else
    ask_about_different (self, board);
}

/* Enter takes the only board that is left. */
static void
search_activated_cb (JmpKindWindow *self)
{
  GtkListBoxRow *only = NULL;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    if (!gtk_widget_get_child_visible (GTK_WIDGET (row)))
      continue;
    if (only != NULL)
      return;
    only = row;
  }
  if (only != NULL)
    row_activated_cb (self, only);
}

/* --- Reading the board --- */

typedef struct {
  JmpLibrary *library;
  JmpDevice *device;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  jmp_library_unref (self->library);
  g_object_unref (self->device);
  g_free (self);
}

static void
look_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Look *look = task_data;
  GError *error = NULL;
  GBytes *memory = jmp_look_read (
      jmp_library_get_catalogue (look->library), look->device, cancellable, &error);

  if (memory == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, memory, (GDestroyNotify)g_bytes_unref);
}

static void
update_look (JmpKindWindow *self, const char *text)
{
  const gboolean running = self->looking != NULL;
  JmpDevice *device = jmp_session_get_device (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running);
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_button_set_label (self->look, running ? _ ("Stop") : _ ("Read"));
  adw_action_row_set_subtitle (
      self->look_row,
      text != NULL ? text
                   : _ ("Firmware has the name of its board in it. This takes a few seconds, and "
                        "changes nothing."));
  gtk_widget_set_visible (self->look_list,
                          jmp_device_get_mode (device) == JMP_DEVICE_DFU
                              && !jmp_session_is_working (self->session));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpKindWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) memory = g_task_propagate_pointer (G_TASK (result), &error);
  JmpBoard *before = jmp_session_get_board (self->session);

  /* Closed, or stopped. */
  if (g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  if (memory == NULL) {
    update_look (self, jmp_words_error (error));
    return;
  }
  jmp_session_set_seen (self->session, &(JmpEvidence){ .memory = memory });
  if (before == NULL && jmp_session_get_board (self->session) != NULL)
    gtk_window_close (GTK_WINDOW (self));
  else
    update_look (self, _ ("The board’s memory does not say which board it is."));
}

static void
look_cb (JmpKindWindow *self)
{
  g_autoptr (GTask) task = NULL;
  Look *look;

  if (self->looking != NULL) {
    g_cancellable_cancel (self->looking);
    g_clear_object (&self->looking);
    update_look (self, NULL);
    return;
  }
  self->looking = g_cancellable_new ();
  look = g_new0 (Look, 1);
  look->library = jmp_library_ref (jmp_session_get_library (self->session));
  look->device = g_object_ref (jmp_session_get_device (self->session));
  task = g_task_new (NULL, self->looking, looked_cb, g_object_ref (self));
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_func);
  update_look (self, _ ("Reading the board…"));
}

/* --- The object --- */

static gboolean
jmp_kind_window_close_request (GtkWindow *window)
{
  JmpKindWindow *self = JMP_KIND_WINDOW (window);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  return GTK_WINDOW_CLASS (jmp_kind_window_parent_class)->close_request (window);
}

static void
jmp_kind_window_dispose (GObject *object)
{
  JmpKindWindow *self = JMP_KIND_WINDOW (object);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->session);
  if (self->list != NULL)
    gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);
  g_clear_pointer (&self->fitting, g_ptr_array_unref);
  g_clear_pointer (&self->needle, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_KIND_WINDOW);
  G_OBJECT_CLASS (jmp_kind_window_parent_class)->dispose (object);
}

static void
jmp_kind_window_class_init (JmpKindWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_kind_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = jmp_kind_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("releases/kind-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpKindWindow, search);
  gtk_widget_class_bind_template_child (widget_class, JmpKindWindow, look_list);
  gtk_widget_class_bind_template_child (widget_class, JmpKindWindow, look_row);
  gtk_widget_class_bind_template_child (widget_class, JmpKindWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, JmpKindWindow, look);
  gtk_widget_class_bind_template_child (widget_class, JmpKindWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
jmp_kind_window_init (JmpKindWindow *self)
{
  self->fitting = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_board_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

/**
 * jmp_kind_window_new:
 * @session: the session of a board, with a library
 *
 * Returns: (transfer full): a window
 */
GtkWidget *
jmp_kind_window_new (JmpSession *session)
{
  JmpKindWindow *self = g_object_new (JMP_TYPE_KIND_WINDOW, NULL);
  const JmpChoice *choice = jmp_session_get_choice (session);

  self->session = g_object_ref (session);
  for (guint i = 0; choice != NULL && i < choice->candidates->len; i++)
    g_ptr_array_add (self->fitting,
                     jmp_board_ref (g_array_index (choice->candidates, JmpCandidate, i).board));
  fill_list (self);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
  update_look (self, NULL);
  return GTK_WIDGET (self);
}
