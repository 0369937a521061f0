/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Windows: drivers. See permission-linux.c for the documentation of what is the same everywhere. */

#include "base/error.h"
#include "device/permission-private.h"
#include "device/permission-resource.h"

#include <windows.h>

#include <objbase.h>
#include <shellapi.h>

#define INF_NAME     "jumper.inf"
#define INF_RESOURCE "/io/github/dfujumper/Jumper/windows/" INF_NAME
/* Beside the INF when it is signed: without one, Windows refuses the package. */
#define CATALOGUE_NAME "jumper.cat"

#define WAIT_MS 100

/* In the folder that the program was installed or unpacked to; with the system's separators, for
 * PnPUtil. */
static char *
package_file (const char *name)
{
  g_autofree char *root = g_win32_get_package_installation_directory_of_module (NULL);

  return root != NULL ? g_build_filename (root, "share", "jumper", "driver", name, NULL) : NULL;
}

static char *
system_file (const char *folder, const char *name)
{
  const char *root = g_getenv ("SystemRoot");
  wchar_t place[MAX_PATH];
  g_autofree char *windows = NULL;
  const UINT length = GetSystemWindowsDirectoryW (place, MAX_PATH);

  if (length > 0 && length < MAX_PATH)
    windows = g_utf16_to_utf8 ((const gunichar2 *)place, -1, NULL, NULL, NULL);
  return g_build_filename (windows != NULL ? windows
                           : root != NULL  ? root
                                           : "C:\\Windows",
                           folder,
                           name,
                           NULL);
}

static char *
pnputil_file (void)
{
  return system_file ("System32", "pnputil.exe");
}

static char *
find_published (void)
{
  g_autofree char *folder = system_file ("INF", NULL);

  return jmp_driver_find_published (folder);
}

static gboolean
is_signed (void)
{
  g_autofree char *inf = package_file (INF_NAME);
  g_autofree char *catalogue = package_file (CATALOGUE_NAME);

  return inf != NULL && g_file_test (inf, G_FILE_TEST_IS_REGULAR)
         && g_file_test (catalogue, G_FILE_TEST_IS_REGULAR);
}

gboolean
jmp_permission_can_install (void)
{
  g_autofree char *pnputil = pnputil_file ();
  g_autofree char *published = find_published ();

  return g_file_test (pnputil, G_FILE_TEST_IS_REGULAR) && (published != NULL || is_signed ());
}

JmpPermission *
jmp_permission_look (void)
{
  JmpPermission *self = g_new0 (JmpPermission, 1);
  g_autoptr (GBytes) inf = jmp_permission_get_rule ();
  g_autofree char *text = g_strndup (g_bytes_get_data (inf, NULL), g_bytes_get_size (inf));

  self->drivers = jmp_drivers_list (text);
  self->file = find_published ();
  self->is_ours = self->file != NULL;
  self->state = jmp_permission_judge (self->drivers, self->file);
  self->can_install = jmp_permission_can_install ();
  return self;
}

GBytes *
jmp_permission_get_rule (void)
{
  return g_resource_lookup_data (
      jmp_permission_get_resource (), INF_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

const char *
jmp_permission_get_rule_file (void)
{
  return INF_NAME;
}

char *
jmp_permission_make_commands (void)
{
  g_autofree char *inf = package_file (INF_NAME);

  return is_signed () ? g_strdup_printf ("pnputil /add-driver \"%s\" /install", inf) : NULL;
}

/* Waits for the end of a process, and says what it ended with. */
static gboolean
wait_for (HANDLE process, DWORD *code, GCancellable *cancellable, GError **error)
{
  while (WaitForSingleObject (process, WAIT_MS) == WAIT_TIMEOUT)
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  if (GetExitCodeProcess (process, code))
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_FAILED,
               "changing the driver: how PnPUtil ended is not known (%lu)",
               GetLastError ());
  return FALSE;
}

static void
set_start_error (DWORD code, GError **error)
{
  g_autofree char *text = NULL;

  if (code == ERROR_CANCELLED) {
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the question was answered with no");
    return;
  }
  text = g_win32_error_message ((int)code);
  g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "pnputil: %s", text);
}

/* The verb asks the person, for this one program. The question stands before the window that is in front,
 * which is the one with the button. */
static HANDLE
start_elevated (const char *program, const char *arguments, GError **error)
{
  g_autofree wchar_t *file = (wchar_t *)g_utf8_to_utf16 (program, -1, NULL, NULL, NULL);
  g_autofree wchar_t *parameters = (wchar_t *)g_utf8_to_utf16 (arguments, -1, NULL, NULL, NULL);
  SHELLEXECUTEINFOW info = {
    .cbSize = sizeof info,
    .fMask = SEE_MASK_NOCLOSEPROCESS | SEE_MASK_NOASYNC | SEE_MASK_FLAG_NO_UI,
    .hwnd = GetForegroundWindow (),
    .lpVerb = L"runas",
    .lpFile = file,
    .lpParameters = parameters,
    .nShow = SW_HIDE,
  };

  if (ShellExecuteExW (&info) && info.hProcess != NULL)
    return info.hProcess;
  set_start_error (GetLastError (), error);
  return NULL;
}

static gboolean
run_pnputil (const char *arguments, GCancellable *cancellable, GError **error)
{
  g_autofree char *program = pnputil_file ();
  const HRESULT com = CoInitializeEx (NULL, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE);
  HANDLE process = start_elevated (program, arguments, error);
  DWORD code = 0;
  gboolean ended = FALSE;

  if (process != NULL) {
    ended = wait_for (process, &code, cancellable, error);
    CloseHandle (process);
  }
  if (SUCCEEDED (com))
    CoUninitialize ();
  return ended && jmp_driver_check_result (code, error);
}

gboolean
jmp_permission_install (GCancellable *cancellable, GError **error)
{
  g_autofree char *inf = package_file (INF_NAME);
  g_autofree char *arguments = NULL;

  if (!is_signed ()) {
    g_set_error_literal (error,
                         JMP_ERROR,
                         JMP_ERROR_NOT_SUPPORTED,
                         "this copy of the program has no signed driver package");
    return FALSE;
  }
  arguments = g_strdup_printf ("/add-driver \"%s\" /install", inf);
  return run_pnputil (arguments, cancellable, error);
}

gboolean
jmp_permission_remove (GCancellable *cancellable, GError **error)
{
  g_autofree char *published = find_published ();
  g_autofree char *arguments = NULL;

  if (published == NULL) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "the driver package is not installed");
    return FALSE;
  }
  arguments = g_strdup_printf ("/delete-driver %s /uninstall", published);
  return run_pnputil (arguments, cancellable, error);
}
