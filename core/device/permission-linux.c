/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/permission.h"

#include "base/error.h"
#include "device/permission-private.h"
#include "device/permission-resource.h"

#include <string.h>

/* Set at build time; tests are built with a root of their own. */
#ifndef JMP_UDEV_ROOT
#define JMP_UDEV_ROOT ""
#endif

#define RULE_NAME     "70-jumper.rules"
#define RULE_FILE     "/etc/udev/rules.d/" RULE_NAME
#define RULE_RESOURCE "/io/github/dfujumper/Jumper/udev/" RULE_NAME
#define SANDBOX_FILE  "/.flatpak-info"

/* What pkexec(1) ends with, besides the helper's own. */
#define PKEXEC_DISMISSED      126
#define PKEXEC_NOT_AUTHORIZED 127

#define MAX_RULES_SIZE (256u * 1024)

/* In the order of udev(7): a file in an earlier folder hides those of its name in later ones. */
static const char *const folders[] = {
  "/etc/udev/rules.d",     "/run/udev/rules.d", "/usr/local/lib/udev/rules.d",
  "/usr/lib/udev/rules.d", "/lib/udev/rules.d",
};

static char *
in_root (const char *path)
{
  return g_strconcat (JMP_UDEV_ROOT, path, NULL);
}

static gboolean
is_sandboxed (void)
{
  g_autofree char *file = in_root (SANDBOX_FILE);

  return g_file_test (file, G_FILE_TEST_EXISTS);
}

static gboolean
file_covers (const char *path, const char *name)
{
  g_autofree char *text = NULL;
  gsize size;

  return g_file_get_contents (path, &text, &size, NULL) && size <= MAX_RULES_SIZE
         && jmp_permission_covers (name, text);
}

/* Adds the rules files of @folder whose names are not taken yet; returns one that lets boards be used. */
static char *
search_folder (const char *folder, GHashTable *taken)
{
  g_autofree char *place = in_root (folder);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  const char *name;
  char *found = NULL;

  while (dir != NULL && found == NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (place, name, NULL);

    if (!g_str_has_suffix (name, ".rules") || !g_hash_table_add (taken, g_strdup (name)))
      continue;
    if (file_covers (path, name))
      found = g_build_filename (folder, name, NULL);
  }
  return found;
}

/**
 * jmp_permission_can_install:
 *
 * Says the same as #JmpPermission.can_install, at once: nothing is looked for.
 *
 * Returns: whether jmp_permission_install() and jmp_permission_remove() can be tried; not in a sandbox
 */
gboolean
jmp_permission_can_install (void)
{
  g_autofree char *pkexec = g_find_program_in_path ("pkexec");

  return pkexec != NULL && g_file_test (JMP_UDEV_HELPER, G_FILE_TEST_IS_EXECUTABLE)
         && !is_sandboxed ();
}

/**
 * jmp_permission_look:
 *
 * Looks for a udev rule that lets the person at the computer use a board in DFU mode (0483:df11).
 *
 * Returns: (transfer full): what there is
 */
JmpPermission *
jmp_permission_look (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JmpPermission *self = g_new0 (JmpPermission, 1);

  if (is_sandboxed ()) {
    self->state = JMP_PERMISSION_UNKNOWN;
    return self;
  }
  for (guint i = 0; i < G_N_ELEMENTS (folders) && self->file == NULL; i++)
    self->file = search_folder (folders[i], taken);
  self->state = self->file != NULL ? JMP_PERMISSION_INSTALLED : JMP_PERMISSION_MISSING;
  self->is_ours = g_strcmp0 (self->file, RULE_FILE) == 0;
  self->can_install = jmp_permission_can_install ();
  return self;
}

/**
 * jmp_permission_get_rule:
 *
 * The rule that jmp_permission_install() installs, to be shown.
 *
 * Returns: (transfer full) (nullable): the text of the file
 */
GBytes *
jmp_permission_get_rule (void)
{
  return g_resource_lookup_data (
      jmp_permission_get_resource (), RULE_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/**
 * jmp_permission_get_rule_file:
 *
 * Returns: (transfer none) (nullable): where jmp_permission_install() puts it
 */
const char *
jmp_permission_get_rule_file (void)
{
  return RULE_FILE;
}

/**
 * jmp_permission_make_commands:
 *
 * What a person pastes into a terminal to do the same: on Windows into one of an administrator.
 *
 * Returns: (transfer full) (nullable): lines; %NULL where the system needs none, or has none that help
 */
char *
jmp_permission_make_commands (void)
{
  g_autoptr (GBytes) rule = jmp_permission_get_rule ();
  g_autofree char *text = g_strndup (g_bytes_get_data (rule, NULL), g_bytes_get_size (rule));

  return g_strdup_printf ("sudo tee " RULE_FILE " <<'END'\n%s\nEND\n"
                          "sudo udevadm control --reload\n"
                          "sudo udevadm trigger --subsystem-match=usb",
                          g_strchomp (text));
}

/* Why the helper, or pkexec in front of it, did not do it. */
static void
set_failure (GError **error, int status, const char *said)
{
  if (status == PKEXEC_DISMISSED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no password was given");
  else if (status == PKEXEC_NOT_AUTHORIZED)
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_PERMISSION, "this user may not change the rules of the system");
  else
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_FAILED,
                 "changing the udev rule: %.300s",
                 said != NULL && *said != '\0' ? said : "the helper did not say why");
}

static gboolean
run_helper (const char *what, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *said = NULL;

  if (is_sandboxed ()) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "a sandboxed program cannot change udev rules");
    return FALSE;
  }
  process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDERR_PIPE, &problem, "pkexec", JMP_UDEV_HELPER, what, NULL);
  if (process == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "pkexec: %s", problem->message);
    return FALSE;
  }
  if (!g_subprocess_communicate_utf8 (process, NULL, cancellable, NULL, &said, &problem)) {
    g_subprocess_force_exit (process);
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (g_subprocess_get_successful (process))
    return TRUE;
  set_failure (error,
               g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1,
               said != NULL ? g_strchomp (said) : NULL);
  return FALSE;
}

/**
 * jmp_permission_install:
 * @cancellable: (nullable): ends the wait; the person may still say yes
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED when the person said no, %JMP_ERROR_PERMISSION when
 *   they may not, %JMP_ERROR_NOT_SUPPORTED without pkexec or in a sandbox, %JMP_ERROR_FAILED
 *
 * Installs the rule and has udev apply it to what is plugged in. Asks the person for their password,
 * and blocks meanwhile.
 *
 * Returns: whether it was installed; open the board to see whether it helped
 */
gboolean
jmp_permission_install (GCancellable *cancellable, GError **error)
{
  return run_helper ("install", cancellable, error);
}

/**
 * jmp_permission_remove:
 * @cancellable: (nullable): as for jmp_permission_install()
 * @error: (out) (optional): as for jmp_permission_install()
 *
 * Takes away what jmp_permission_install() installed.
 *
 * Returns: whether it is gone
 */
gboolean
jmp_permission_remove (GCancellable *cancellable, GError **error)
{
  return run_helper ("remove", cancellable, error);
}
