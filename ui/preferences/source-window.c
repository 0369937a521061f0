/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "preferences/source-window.h"

#include "draw/resource.h"
#include "window/names.h"
#include "words/words-releases.h"

#include <glib/gi18n-lib.h>

/* What a person can make here; a template and a directory of Flipper's need more members than most
 * people have, and are written into the file. */
static const JmpSourceKind KINDS[] = {
  JMP_SOURCE_FOLDER, JMP_SOURCE_GITHUB, JMP_SOURCE_LINKS, JMP_SOURCE_ARDUINO
};

struct _JmpSourceWindow {
  AdwWindow parent;

  /* Owned references */
  JmpSource *source; /* what it was */
  JmpCatalogue *catalogue;
  GPtrArray *others;
  GtkFileChooserNative *chooser;

  /* Template widgets */
  GtkWidget *save;
  GtkEditable *name;
  AdwComboRow *kind;
  GtkEditable *url;
  GtkWidget *browse;
  GtkEditable *board;
  GtkEditable *pattern;
  GtkLabel *fault;
};

G_DEFINE_FINAL_TYPE (JmpSourceWindow, jmp_source_window, ADW_TYPE_WINDOW)

enum {
  SIGNAL_MADE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
get_text (GtkEditable *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (*text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/* A kind that cannot be made here is kept. */
static JmpSourceKind
get_kind (JmpSourceWindow *self)
{
  const guint selected = adw_combo_row_get_selected (self->kind);

  return selected < G_N_ELEMENTS (KINDS) ? KINDS[selected] : self->source->kind;
}

static gboolean
is_taken (JmpSourceWindow *self, const char *id)
{
  for (guint i = 0; i < self->others->len; i++) {
    const JmpSource *other = self->others->pdata[i];

    if (other != self->source && g_strcmp0 (other->id, id) == 0)
      return TRUE;
  }
  return id != NULL && jmp_catalogue_find_source (self->catalogue, id) != NULL;
}

/* A folder may be written as a path. */
static char *
make_url (JmpSourceKind kind, char *text)
{
  g_autofree char *typed = text;

  if (kind == JMP_SOURCE_FOLDER && typed != NULL && g_path_is_absolute (typed))
    return g_filename_to_uri (typed, NULL, NULL);
  return g_steal_pointer (&typed);
}

/* What was typed, or %NULL with a sentence in @fault, and the field that it is about. */
static JmpSource *
make_source (JmpSourceWindow *self, const char **fault, GtkEditable **field)
{
  const JmpSourceKind kind = get_kind (self);
  g_autofree char *id = get_text (self->name);
  g_autofree char *url = make_url (kind, get_text (self->url));
  g_autofree char *board = get_text (self->board);
  g_autofree char *pattern = get_text (self->pattern);
  JmpSource values = self->source != NULL ? *self->source : (JmpSource){ 0 };
  JmpSource *source;

  *fault = "";
  *field = NULL;
  if (id == NULL || url == NULL)
    return NULL;
  values.id = id;
  values.kind = kind;
  values.url = url;
  values.board = board;
  values.pattern = pattern;
  values.personal = TRUE;
  if (is_taken (self, id)) {
    *fault = _ ("There is a source of that name already.");
    *field = self->name;
    return NULL;
  }
  if (board != NULL && jmp_catalogue_find_board (self->catalogue, board) == NULL) {
    *fault = _ ("No board of that name is known.");
    *field = self->board;
    return NULL;
  }
  source = jmp_source_new (&values, NULL);
  if (source == NULL)
    *fault =
        kind == JMP_SOURCE_FOLDER
            ? _ ("A source is a name without spaces, and a folder of this computer.")
            : _ ("A source is a name without spaces, and an address that begins with https://.");
  return source;
}

static void
mark (GtkEditable *field, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (field), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (field), "error");
}

static void
check_cb (JmpSourceWindow *self)
{
  const char *fault = NULL;
  GtkEditable *field = NULL;
  JmpSource *source = make_source (self, &fault, &field);

  mark (self->name, field == self->name);
  mark (self->board, field == self->board);
  gtk_widget_set_sensitive (self->save, source != NULL);
  gtk_label_set_text (self->fault, source == NULL ? fault : "");
  g_clear_pointer (&source, jmp_source_unref);
}

static void
kind_cb (JmpSourceWindow *self)
{
  gtk_widget_set_visible (self->browse, get_kind (self) == JMP_SOURCE_FOLDER);
  check_cb (self);
}

static void
save_cb (JmpSourceWindow *self)
{
  const char *fault = NULL;
  GtkEditable *field = NULL;
  g_autoptr (JmpSource) source = make_source (self, &fault, &field);

  if (source == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_MADE], 0, source);
  gtk_window_close (GTK_WINDOW (self));
}

static void
folder_chosen_cb (JmpSourceWindow *self, int response)
{
  g_autoptr (GFile) folder = response == GTK_RESPONSE_ACCEPT
                                 ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                                 : NULL;
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  g_clear_object (&self->chooser);
  if (uri != NULL)
    gtk_editable_set_text (self->url, uri);
}

static void
browse_cb (JmpSourceWindow *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a Folder"),
                                               GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                               _ ("_Choose"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (
      self->chooser, "response", G_CALLBACK (folder_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
jmp_source_window_dispose (GObject *object)
{
  JmpSourceWindow *self = JMP_SOURCE_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_pointer (&self->source, jmp_source_unref);
  g_clear_pointer (&self->catalogue, jmp_catalogue_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_SOURCE_WINDOW);
  G_OBJECT_CLASS (jmp_source_window_parent_class)->dispose (object);
}

static void
jmp_source_window_class_init (JmpSourceWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_source_window_dispose;
  signals[SIGNAL_MADE] = g_signal_new ("made",
                                       JMP_TYPE_SOURCE_WINDOW,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("preferences/source-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, save);
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, name);
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, url);
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, browse);
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, board);
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, pattern);
  gtk_widget_class_bind_template_child (widget_class, JmpSourceWindow, fault);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, browse_cb);
}

static void
jmp_source_window_init (JmpSourceWindow *self)
{
  self->others = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_label_entry_row (GTK_WIDGET (self->name));
  jmp_names_label_entry_row (GTK_WIDGET (self->url));
  jmp_names_label_entry_row (GTK_WIDGET (self->board));
  jmp_names_label_entry_row (GTK_WIDGET (self->pattern));
  jmp_names_tidy (GTK_WIDGET (self));
}

static void
fill_kinds (JmpSourceWindow *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    gtk_string_list_append (kinds, jmp_words_source_kind (KINDS[i]));
    if (self->source != NULL && self->source->kind == KINDS[i])
      selected = i;
  }
  if (self->source != NULL && self->source->kind != KINDS[selected]) {
    selected = G_N_ELEMENTS (KINDS);
    gtk_string_list_append (kinds, jmp_words_source_kind (self->source->kind));
  }
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  adw_combo_row_set_selected (self->kind, selected);
}

static void
set_text (GtkEditable *entry, const char *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

/**
 * jmp_source_window_new:
 * @source: (nullable): what is to be changed; %NULL for a new one
 * @catalogue: the boards and sources that the program knows
 * @others: (element-type JmpSource): the person's own sources
 *
 * Returns: (transfer full): a window
 */
GtkWidget *
jmp_source_window_new (JmpSource *source, JmpCatalogue *catalogue, GPtrArray *others)
{
  JmpSourceWindow *self = g_object_new (JMP_TYPE_SOURCE_WINDOW, NULL);

  self->source = source != NULL ? jmp_source_ref (source) : NULL;
  self->catalogue = jmp_catalogue_ref (catalogue);
  g_ptr_array_unref (self->others);
  self->others = g_ptr_array_ref (others);
  gtk_window_set_title (GTK_WINDOW (self), source != NULL ? _ ("Source") : _ ("Add a Source"));
  fill_kinds (self);
  if (source != NULL) {
    jmp_source_window_type (self, source->id, source->url, source->board);
    set_text (self->pattern, source->pattern);
  }
  kind_cb (self);
  return GTK_WIDGET (self);
}

/**
 * jmp_source_window_type:
 * @self: a window
 * @name: the source's name
 * @url: its address
 * @board: the board that it is for, or ""
 *
 * Fills in the entries.
 */
void
jmp_source_window_type (JmpSourceWindow *self, const char *name, const char *url, const char *board)
{
  set_text (self->name, name);
  set_text (self->url, url);
  set_text (self->board, board);
}

/**
 * jmp_source_window_get_source:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what is changed; %NULL for a new one
 */
JmpSource *
jmp_source_window_get_source (JmpSourceWindow *self)
{
  return self->source;
}
