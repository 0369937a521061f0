/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "guide/board-picker.h"

#include "board/catalogue.h"
#include "draw/resource.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define BOARD_KEY "jmp-board"

struct _JmpBoardPicker {
  GtkWidget parent;

  /* Owned */
  GCancellable *cancellable;
  GStrv words; /* what is searched for, casefolded */

  /* Template widgets */
  GtkWidget *content;
  GtkEditable *entry;
  GtkListBox *list;
  GtkWidget *unlisted;

  gboolean asked;
};

G_DEFINE_FINAL_TYPE (JmpBoardPicker, jmp_board_picker, GTK_TYPE_WIDGET)

enum {
  CHOSEN,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static JmpBoard *
get_board (gpointer row)
{
  return g_object_get_data (G_OBJECT (row), BOARD_KEY);
}

/* --- Search --- */

static char *
describe (JmpBoard *board)
{
  g_autofree char *text = g_strjoin (
      " ", board->product, board->vendor, board->id, board->mcu, NULL);

  return g_utf8_casefold (text, -1);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  JmpBoardPicker *self = user_data;
  g_autofree char *text = describe (get_board (row));

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++) {
    if (strstr (text, self->words[i]) == NULL)
      return FALSE;
  }
  return TRUE;
}

static GtkListBoxRow *
find_first_row (JmpBoardPicker *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    if (filter_cb (row, self))
      return row;
  }
  return NULL;
}

static void
update_emptiness (JmpBoardPicker *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list), find_first_row (self) != NULL);
}

static void
search_changed_cb (JmpBoardPicker *self)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (self->entry), -1);

  g_strfreev (self->words);
  self->words = g_strsplit (g_strstrip (text), " ", -1);
  gtk_widget_set_visible (GTK_WIDGET (self->list), TRUE);
  gtk_list_box_invalidate_filter (self->list);
  update_emptiness (self);
}

static void
row_activated_cb (JmpBoardPicker *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, get_board (row));
}

static void
entry_activated_cb (JmpBoardPicker *self)
{
  GtkListBoxRow *row = find_first_row (self);

  if (row != NULL)
    row_activated_cb (self, row);
}

static void
stop_search_cb (JmpBoardPicker *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* --- The catalogue --- */

static void
add_row (JmpBoardPicker *self, JmpBoard *board)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), board->product);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), board->vendor);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (
      G_OBJECT (row), BOARD_KEY, jmp_board_ref (board), (GDestroyNotify)jmp_board_unref);
  gtk_list_box_append (self->list, row);
}

static gboolean
is_pyboard (JmpBoard *board)
{
  return g_str_has_prefix (board->id, "PYB");
}

/* Pyboards first, the most usual one before all; then by maker and name. */
static int
compare_boards (gconstpointer a, gconstpointer b)
{
  JmpBoard *left = *(JmpBoard **)a;
  JmpBoard *right = *(JmpBoard **)b;
  const gboolean left_usual = g_str_equal (left->id, "PYBV11");
  const gboolean right_usual = g_str_equal (right->id, "PYBV11");
  int order;

  if (left_usual != right_usual)
    return left_usual ? -1 : 1;
  if (is_pyboard (left) != is_pyboard (right))
    return is_pyboard (left) ? -1 : 1;
  order = g_utf8_collate (left->vendor, right->vendor);
  return order != 0 ? order : g_utf8_collate (left->product, right->product);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  JmpCatalogue *catalogue = jmp_catalogue_new_built_in (&error);

  if (catalogue != NULL)
    g_task_return_pointer (task, catalogue, (GDestroyNotify)jmp_catalogue_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Without a catalogue there is still the row for a board that is not listed. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpCatalogue) catalogue = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (JmpBoardPicker) self = user_data;
  g_autoptr (GPtrArray) boards = NULL;

  if (catalogue == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  boards = g_ptr_array_new ();
  g_ptr_array_extend (boards, jmp_catalogue_get_boards (catalogue), NULL, NULL);
  g_ptr_array_sort (boards, compare_boards);
  for (guint i = 0; i < boards->len; i++)
    add_row (self, g_ptr_array_index (boards, i));
  update_emptiness (self);
}

static void
jmp_board_picker_map (GtkWidget *widget)
{
  JmpBoardPicker *self = JMP_BOARD_PICKER (widget);

  GTK_WIDGET_CLASS (jmp_board_picker_parent_class)->map (widget);
  if (!self->asked) {
    g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, read_cb, g_object_ref (self));

    self->asked = TRUE;
    g_task_run_in_thread (task, read_thread);
  }
}

/* --- The object --- */

static gboolean
jmp_board_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (JMP_BOARD_PICKER (widget)->entry));
}

static void
jmp_board_picker_dispose (GObject *object)
{
  JmpBoardPicker *self = JMP_BOARD_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_BOARD_PICKER);
  G_OBJECT_CLASS (jmp_board_picker_parent_class)->dispose (object);
}

static void
jmp_board_picker_finalize (GObject *object)
{
  JmpBoardPicker *self = JMP_BOARD_PICKER (object);

  g_object_unref (self->cancellable);
  g_strfreev (self->words);
  G_OBJECT_CLASS (jmp_board_picker_parent_class)->finalize (object);
}

static void
jmp_board_picker_class_init (JmpBoardPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_board_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = jmp_board_picker_finalize;
  widget_class->map = jmp_board_picker_map;
  widget_class->grab_focus = jmp_board_picker_grab_focus;
  signals[CHOSEN] = g_signal_new ("chosen",
                                  JMP_TYPE_BOARD_PICKER,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_POINTER);
  signals[CANCELLED] = g_signal_new (
      "cancelled", JMP_TYPE_BOARD_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("guide/board-picker.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPicker, content);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPicker, entry);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPicker, list);
  gtk_widget_class_bind_template_child (widget_class, JmpBoardPicker, unlisted);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
jmp_board_picker_init (JmpBoardPicker *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  update_emptiness (self);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Which Board Do You Have?"), -1);
  /* The focus is not on the entry, but on the text in it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (self->entry)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search by Name or Maker"),
                                  -1);
}

/**
 * jmp_board_picker_new:
 *
 * Returns: (transfer floating): the question
 */
GtkWidget *
jmp_board_picker_new (void)
{
  return g_object_new (JMP_TYPE_BOARD_PICKER, NULL);
}

/**
 * jmp_board_picker_search:
 * @self: a picker
 * @words: what to search for; all of them must be found
 *
 * Shows only what fits.
 */
void
jmp_board_picker_search (JmpBoardPicker *self, const char *words)
{
  gtk_editable_set_text (self->entry, words);
  search_changed_cb (self);
}

/**
 * jmp_board_picker_is_filled:
 * @self: a picker
 *
 * Returns: whether the catalogue has come
 */
gboolean
jmp_board_picker_is_filled (JmpBoardPicker *self)
{
  return gtk_list_box_get_row_at_index (self->list, 0) != NULL;
}
