/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/driver.h"

#include "base/error.h"

#include <string.h>

/* The interface class of data/windows/jumper.inf: no other driver package has it. */
#define OUR_INTERFACE "{3bb3685d-c905-4de3-82e2-2e4f673b19e0}"
#define MAX_INF_SIZE  (256u * 1024)

/* DFU 1.1, 4.2.3: class FEh, subclass 01h, protocol 02h is DFU mode. */
#define DFU_MODE "USB\\Class_FE&SubClass_01&Prot_02"
/* Takes a device with several functions apart; each of them has a driver of its own. */
#define COMPOSITE "usbccgp"

/* cfg.h of the Windows SDK */
enum {
  PROBLEM_NOT_CONFIGURED = 1,
  PROBLEM_NEED_RESTART = 14,
  PROBLEM_REINSTALL = 18,
  PROBLEM_DISABLED = 22,
  PROBLEM_FAILED_INSTALL = 28,
  PROBLEM_UNSIGNED_DRIVER = 52,
};

/* What PnPUtil ends with ("PnPUtil return values" in the Windows driver documentation), and what
 * SetupAPI says of a driver package that it does not trust (setupapi.h, winerror.h). */
enum {
  RESULT_SUCCESS = 0,
  RESULT_ACCESS_DENIED = 5,
  RESULT_NO_MORE_ITEMS = 259,
  RESULT_REBOOT_INITIATED = 1641,
  RESULT_REBOOT_REQUIRED = 3010,
};

static const guint32 distrust[] = {
  0xE000022F, /* ERROR_NO_CATALOG_FOR_OEM_INF */
  0xE0000241, /* ERROR_AUTHENTICODE_TRUSTED_PUBLISHER */
  0xE0000242, /* ERROR_AUTHENTICODE_TRUST_NOT_ESTABLISHED */
  0xE0000243, /* ERROR_AUTHENTICODE_PUBLISHER_NOT_TRUSTED */
  0xE0000247, /* ERROR_DRIVER_STORE_ADD_FAILED */
  0xE000024B, /* ERROR_FILE_HASH_NOT_IN_CATALOG */
  0x800B0100, /* TRUST_E_NOSIGNATURE */
  0x800B0109, /* CERT_E_UNTRUSTEDROOT */
};

static gboolean
is_service (const char *service, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (service, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A board that Windows could not start has a problem whatever its driver is, and one without a driver
 * has the problem of that. */
static JmpDriverState
judge (const char *service, guint problem)
{
  static const char *const usable[] = { "WinUSB", "libusbK", NULL };
  static const char *const st[] = { "STTub30", "STTub203", "STTub", NULL };

  if (problem == PROBLEM_DISABLED)
    return JMP_DRIVER_DISABLED;
  if (problem == PROBLEM_NEED_RESTART)
    return JMP_DRIVER_RESTART;
  if (problem == PROBLEM_UNSIGNED_DRIVER)
    return JMP_DRIVER_UNTRUSTED;
  if (service == NULL || *service == '\0' || problem == PROBLEM_NOT_CONFIGURED
      || problem == PROBLEM_REINSTALL || problem == PROBLEM_FAILED_INSTALL)
    return JMP_DRIVER_NONE;
  if (is_service (service, st))
    return JMP_DRIVER_ST;
  if (!is_service (service, usable))
    return JMP_DRIVER_OTHER;
  return problem == 0 ? JMP_DRIVER_USABLE : JMP_DRIVER_FAILED;
}

static gboolean
read_id (const char *text, const char *key, guint16 *id)
{
  guint64 value = 0;
  g_autofree char *digits = NULL;

  if (g_ascii_strncasecmp (text, key, strlen (key)) != 0)
    return FALSE;
  text += strlen (key);
  digits = g_strndup (text, strcspn (text, "&"));
  if (strlen (digits) != 4
      || !g_ascii_string_to_unsigned (digits, 16, 0, G_MAXUINT16, &value, NULL))
    return FALSE;
  *id = (guint16)value;
  return TRUE;
}

/* "USB\VID_0483&PID_DF11[&…]\SERIAL"; a serial number that Windows made up has an ampersand. */
static gboolean
read_instance (JmpDriver *self, const char *instance_id)
{
  g_auto (GStrv) parts = g_strsplit (instance_id, "\\", 3);
  const char *product;

  if (g_strv_length (parts) != 3 || g_ascii_strcasecmp (parts[0], "USB") != 0)
    return FALSE;
  product = strchr (parts[1], '&');
  if (product == NULL || !read_id (parts[1], "VID_", &self->vid)
      || !read_id (product + 1, "PID_", &self->pid))
    return FALSE;
  if (*parts[2] != '\0' && strchr (parts[2], '&') == NULL)
    self->serial = g_utf8_make_valid (parts[2], -1);
  return TRUE;
}

static gboolean
is_in_dfu_mode (const char *const *compatible_ids)
{
  for (guint i = 0; compatible_ids != NULL && compatible_ids[i] != NULL; i++)
    if (g_ascii_strcasecmp (compatible_ids[i], DFU_MODE) == 0)
      return TRUE;
  return FALSE;
}

/**
 * jmp_driver_new:
 * @facts: what Windows says of a USB device
 * @inf: the text of our driver package, which names the boot loaders that are known
 *
 * Judges the driver of a board in DFU mode: one that says so by its class (DFU 1.1, 4.2.3), or that has
 * the ids of a boot loader.
 *
 * Returns: (transfer full) (nullable): the driver; %NULL for what is no board in DFU mode
 */
JmpDriver *
jmp_driver_new (const JmpDriverFacts *facts, const char *inf)
{
  g_autoptr (JmpDriver) self = g_new0 (JmpDriver, 1);

  if (!read_instance (self, facts->instance_id))
    return NULL;
  if (!is_in_dfu_mode (facts->compatible_ids) && !jmp_driver_inf_names (inf, self->vid, self->pid))
    return NULL;
  if (facts->service != NULL && g_ascii_strcasecmp (facts->service, COMPOSITE) == 0)
    return NULL;
  self->service = facts->service != NULL ? g_utf8_make_valid (facts->service, -1) : NULL;
  self->provider = facts->provider != NULL ? g_utf8_make_valid (facts->provider, -1) : NULL;
  self->problem = facts->problem;
  self->state = judge (facts->service, facts->problem);
  return g_steal_pointer (&self);
}

/**
 * jmp_driver_copy:
 * @self: a driver
 *
 * Returns: (transfer full): another one that says the same
 */
JmpDriver *
jmp_driver_copy (const JmpDriver *self)
{
  JmpDriver *copy = g_memdup2 (self, sizeof *self);

  copy->serial = g_strdup (self->serial);
  copy->service = g_strdup (self->service);
  copy->provider = g_strdup (self->provider);
  return copy;
}

/**
 * jmp_driver_free:
 * @self: (nullable) (transfer full): a driver
 *
 * Frees the value.
 */
void
jmp_driver_free (JmpDriver *self)
{
  if (self == NULL)
    return;
  g_free (self->serial);
  g_free (self->service);
  g_free (self->provider);
  g_free (self);
}

/**
 * jmp_driver_get_fix:
 * @self: a driver
 *
 * Returns: what helps, so that the board can be used
 */
JmpDriverFix
jmp_driver_get_fix (const JmpDriver *self)
{
  switch (self->state) {
  case JMP_DRIVER_USABLE:
    return JMP_DRIVER_FIX_NONE;
  case JMP_DRIVER_NONE:
  case JMP_DRIVER_ST:
  case JMP_DRIVER_OTHER:
  case JMP_DRIVER_UNTRUSTED:
    return JMP_DRIVER_FIX_INSTALL;
  case JMP_DRIVER_DISABLED:
    return JMP_DRIVER_FIX_ENABLE;
  case JMP_DRIVER_RESTART:
    return JMP_DRIVER_FIX_RESTART;
  case JMP_DRIVER_FAILED:
    return JMP_DRIVER_FIX_REPLUG;
  }
  return JMP_DRIVER_FIX_NONE;
}

/**
 * jmp_driver_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): the stable word for @state
 */
const char *
jmp_driver_state_to_string (JmpDriverState state)
{
  switch (state) {
  case JMP_DRIVER_USABLE:
    return "usable";
  case JMP_DRIVER_NONE:
    return "no-driver";
  case JMP_DRIVER_ST:
    return "st-driver";
  case JMP_DRIVER_OTHER:
    return "other-driver";
  case JMP_DRIVER_UNTRUSTED:
    return "untrusted-driver";
  case JMP_DRIVER_DISABLED:
    return "disabled";
  case JMP_DRIVER_RESTART:
    return "restart-needed";
  case JMP_DRIVER_FAILED:
    return "not-started";
  }
  return "no-driver";
}

/**
 * jmp_driver_inf_names:
 * @inf: the text of a driver package
 * @vid: idVendor
 * @pid: idProduct
 *
 * Returns: whether the package is for that device
 */
gboolean
jmp_driver_inf_names (const char *inf, guint16 vid, guint16 pid)
{
  g_autofree char *id = g_strdup_printf ("USB\\VID_%04X&PID_%04X", vid, pid);
  const char *at = strstr (inf, id);

  return at != NULL && g_ascii_isspace (at[strlen (id)]);
}

/* Windows names the packages of others "oem12.inf"; nothing else may get onto a command line. */
static gboolean
is_published_name (const char *name)
{
  gsize digits;

  if (g_ascii_strncasecmp (name, "oem", 3) != 0)
    return FALSE;
  digits = strspn (name + 3, "0123456789");
  return digits > 0 && digits < 8 && g_ascii_strcasecmp (name + 3 + digits, ".inf") == 0;
}

static gboolean
is_ours (const char *path)
{
  g_autofree char *text = NULL;
  gsize size;

  return g_file_get_contents (path, &text, &size, NULL) && size <= MAX_INF_SIZE
         && strstr (text, OUR_INTERFACE) != NULL;
}

/**
 * jmp_driver_find_published:
 * @folder: where Windows keeps its driver packages: C:\Windows\INF
 *
 * Looks for our driver package among the installed ones. Windows copies what it installs there under a
 * name of its own, byte for byte.
 *
 * Returns: (transfer full) (nullable): its name there ("oem12.inf"), or %NULL
 */
char *
jmp_driver_find_published (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (is_published_name (name) && is_ours (path))
      return g_strdup (name);
  }
  return NULL;
}

/**
 * jmp_driver_check_result:
 * @code: what PnPUtil ended with
 * @error: (out) (optional): %JMP_ERROR_PERMISSION when the person may not, %JMP_ERROR_FAILED
 *
 * Whether a driver package was added or removed. That no board has it yet (259) is no failure: none is
 * connected, or Windows prefers another driver, which only a look at the boards can tell. Nor is that
 * the computer should be restarted.
 *
 * Returns: %TRUE when it was
 */
gboolean
jmp_driver_check_result (guint32 code, GError **error)
{
  switch (code) {
  case RESULT_SUCCESS:
  case RESULT_NO_MORE_ITEMS:
  case RESULT_REBOOT_INITIATED:
  case RESULT_REBOOT_REQUIRED:
    return TRUE;
  case RESULT_ACCESS_DENIED:
    g_set_error_literal (error,
                         JMP_ERROR,
                         JMP_ERROR_PERMISSION,
                         "this user may not change the drivers of the system");
    return FALSE;
  default:
    break;
  }
  for (guint i = 0; i < G_N_ELEMENTS (distrust); i++)
    if (distrust[i] == code) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_FAILED,
                   "Windows does not trust the signature of the driver package (0x%08x)",
                   code);
      return FALSE;
    }
  g_set_error (
      error, JMP_ERROR, JMP_ERROR_FAILED, "changing the driver: PnPUtil ended with 0x%08x", code);
  return FALSE;
}
