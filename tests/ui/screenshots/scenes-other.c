/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The windows beside the one. */

#include "assert-text.h"

#include "studio.h"

#include "backup/history.h"
#include "help/help-topics.h"
#include "help/help-window.h"
#include "history/history-window.h"
#include "permission/permission-window.h"
#include "preferences/preferences-window.h"
#include "preferences/source-window.h"

static const JmpHistoryEntry ENTRIES[] = {
  { .kind = JMP_HISTORY_BACK_UP,
    .board = (char *)"Pyboard v1.1",
    .serial = (char *)"3254335D3037",
    .seconds = 11.2,
    .bytes = 1048576 },
  { .kind = JMP_HISTORY_INSTALL,
    .result = JMP_HISTORY_FAILED,
    .board = (char *)"Pyboard v1.1",
    .serial = (char *)"3254335D3037",
    .firmware = (char *)"PYBV11-20260824-v1.29.0.dfu",
    .version = (char *)"1.29.0",
    .error = (char *)"writing 0x08040000: the board refuses this address",
    .error_code = (char *)"write",
    .seconds = 4.1 },
  { .kind = JMP_HISTORY_INSTALL,
    .result = JMP_HISTORY_STOPPED,
    .board = (char *)"Pyboard v1.1",
    .serial = (char *)"3254335D3037",
    .firmware = (char *)"PYBV11-20260824-v1.29.0.dfu",
    .version = (char *)"1.29.0",
    .seconds = 2.5 },
  { .kind = JMP_HISTORY_INSTALL,
    .board = (char *)"Weather station",
    .serial = (char *)"336D3661315A",
    .firmware = (char *)"PYBV11-20260824-v1.29.0.dfu",
    .version = (char *)"1.29.0",
    .seconds = 9.3,
    .bytes = 357276 },
  { .kind = JMP_HISTORY_RESTORE,
    .board = (char *)"Pyboard v1.1",
    .serial = (char *)"3254335D3037",
    .seconds = 31.0,
    .bytes = 1048576 },
};

static void
paint_history (void)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *empty = g_build_filename (kit_folder (), "no-history", NULL);
  g_autofree char *folder = g_build_filename (kit_folder (), "some-history", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ENTRIES); i++) {
    JmpHistoryEntry entry = ENTRIES[i];

    entry.date = now - (gint64)(G_N_ELEMENTS (ENTRIES) - i) * 3600 * 11;
    assert_true (jmp_history_add (folder, &entry, NULL));
  }
  studio_show_and_take ("history", jmp_history_window_new (NULL, folder));
  studio_show_and_take ("history-empty", jmp_history_window_new (NULL, empty));
}

static void
paint_preferences (void)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  JmpSource source = { .id = (char *)"classroom",
                       .kind = JMP_SOURCE_FOLDER,
                       .url = (char *)"file:///home/ada/firmware",
                       .personal = TRUE };
  GtkWidget *window;

  g_ptr_array_add (sources, jmp_source_new (&source, NULL));
  assert_true (jmp_library_write_sources (studio_get_library (), sources, NULL));
  window = jmp_preferences_window_new (studio_get_library ());
  studio_present (window);
  studio_take ("preferences", window);
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), "work");
  studio_take ("preferences-work", window);
  gtk_window_destroy (GTK_WINDOW (window));
  g_ptr_array_set_size (sources, 0);
  assert_true (jmp_library_write_sources (studio_get_library (), sources, NULL));
}

static void
paint_source (void)
{
  JmpCatalogue *catalogue = jmp_library_get_catalogue (studio_get_library ());
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GtkWidget *window = jmp_source_window_new (NULL, catalogue, none);

  studio_present (window);
  studio_take ("source-empty", window);
  jmp_source_window_type (
      JMP_SOURCE_WINDOW (window), "two words", "https://example.org/", "NO_SUCH_BOARD");
  studio_take ("source-wrong", window);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- Permission --- */

static JmpPermission there;

static JmpPermission *
fake_look (void)
{
  JmpPermission *found = g_new0 (JmpPermission, 1);

  *found = there;
  found->file = g_strdup (there.file);
  return found;
}

static gboolean
fake_change (GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
paint_permission (void)
{
  const struct {
    const char *name;
    JmpPermission there;
  } rows[] = {
    { "permission-missing", { .state = JMP_PERMISSION_MISSING, .can_install = TRUE } },
    { "permission-installed",
      { .state = JMP_PERMISSION_INSTALLED,
        .file = (char *)"/etc/udev/rules.d/70-jumper.rules",
        .is_ours = TRUE,
        .can_install = TRUE } },
    { "permission-sandbox", { .state = JMP_PERMISSION_UNKNOWN } },
  };
  const JmpPermissionOps fake = { fake_look, fake_change, fake_change };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    there = rows[i].there;
    studio_show_and_take (rows[i].name, jmp_permission_window_new (NULL, NULL, &fake));
  }
}

/* --- Help --- */

static void
paint_help (void)
{
  GtkWidget *window = jmp_help_window_new (NULL);
  guint n;
  const JmpHelpTopic *topics = jmp_help_topics (&n);

  studio_present (window);
  studio_take ("help", window);
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strconcat ("help-", topics[i].name, NULL);

    jmp_help_window_show_topic (JMP_HELP_WINDOW (window), topics[i].name);
    studio_take (name, window);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
paint_shortcuts (void)
{
  g_autoptr (Studio) studio = studio_new (NULL);

  studio_act (studio, "win.show-help-overlay");
  studio_take ("shortcuts",
               GTK_WIDGET (gtk_application_window_get_help_overlay (
                   GTK_APPLICATION_WINDOW (studio->widget))));
}

static void
paint_about (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_action_group_activate_action (G_ACTION_GROUP (studio_get_app ()), "about", NULL);
  studio_calm ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (!ADW_IS_ABOUT_WINDOW (window))
      continue;
    studio_present (window);
    studio_take ("about", window);
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

const Scene OTHER_SCENES[] = {
  { "history", paint_history }, { "preferences", paint_preferences },
  { "source", paint_source },   { "permission", paint_permission },
  { "help", paint_help },       { "shortcuts", paint_shortcuts },
  { "about", paint_about },     { NULL, NULL },
};
