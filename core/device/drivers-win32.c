/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Asks Windows (SetupAPI) which boards in DFU mode are connected, and which drivers they have. It knows
 * boards that libusb does not list, because Windows could not start them. Nothing is opened. */

#include <initguid.h>

#include "device/permission-private.h"

#include <windows.h>

#include <cfgmgr32.h>
#include <devpkey.h>
#include <setupapi.h>

#define MAX_SIZE (64u * 1024)

/* The device that is looked at. */
typedef struct {
  HDEVINFO list;
  SP_DEVINFO_DATA info;
} Place;

static char *
to_utf8 (const wchar_t *text)
{
  return g_utf16_to_utf8 ((const gunichar2 *)text, -1, NULL, NULL, NULL);
}

/* Texts, each with its end, and one more; NULL when the device has none. */
static wchar_t *
read_property (Place *place, DWORD property)
{
  g_autofree wchar_t *value = NULL;
  DWORD size = 0;

  SetupDiGetDeviceRegistryPropertyW (place->list, &place->info, property, NULL, NULL, 0, &size);
  if (size == 0 || size > MAX_SIZE)
    return NULL;
  value = g_malloc0 (size + 2 * sizeof *value);
  if (!SetupDiGetDeviceRegistryPropertyW (
          place->list, &place->info, property, NULL, (BYTE *)value, size, NULL))
    return NULL;
  return g_steal_pointer (&value);
}

static char *
read_text (Place *place, DWORD property)
{
  g_autofree wchar_t *value = read_property (place, property);

  return value != NULL ? to_utf8 (value) : NULL;
}

static char **
read_texts (Place *place, DWORD property)
{
  g_autofree wchar_t *value = read_property (place, property);
  GPtrArray *texts = g_ptr_array_new ();

  for (const wchar_t *at = value; at != NULL && *at != L'\0'; at += wcslen (at) + 1) {
    char *text = to_utf8 (at);

    if (text != NULL)
      g_ptr_array_add (texts, text);
  }
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_free (texts, FALSE);
}

/* Who made the driver; NULL without one. */
static char *
read_provider (Place *place)
{
  wchar_t value[256] = L"";
  DEVPROPTYPE type = DEVPROP_TYPE_EMPTY;

  if (!SetupDiGetDevicePropertyW (place->list,
                                  &place->info,
                                  &DEVPKEY_Device_DriverProvider,
                                  &type,
                                  (BYTE *)value,
                                  sizeof value - sizeof *value,
                                  NULL,
                                  0)
      || type != DEVPROP_TYPE_STRING)
    return NULL;
  return to_utf8 (value);
}

/* 0 for none. */
static guint
read_problem (Place *place)
{
  ULONG status = 0;
  ULONG problem = 0;

  if (CM_Get_DevNode_Status (&status, &problem, place->info.DevInst, 0) != CR_SUCCESS)
    return 0;
  return (status & DN_HAS_PROBLEM) != 0 ? problem : 0;
}

static JmpDriver *
look_at (Place *place, const char *inf)
{
  wchar_t name[MAX_DEVICE_ID_LEN] = L"";
  g_autofree char *instance_id = NULL;
  g_autofree char *service = NULL;
  g_autofree char *provider = NULL;
  g_auto (GStrv) compatible_ids = NULL;

  if (!SetupDiGetDeviceInstanceIdW (place->list, &place->info, name, G_N_ELEMENTS (name) - 1, NULL))
    return NULL;
  instance_id = to_utf8 (name);
  if (instance_id == NULL)
    return NULL;
  service = read_text (place, SPDRP_SERVICE);
  provider = read_provider (place);
  compatible_ids = read_texts (place, SPDRP_COMPATIBLEIDS);
  return jmp_driver_new (
      &(JmpDriverFacts){
          .instance_id = instance_id,
          .compatible_ids = (const char *const *)compatible_ids,
          .service = service,
          .provider = provider,
          .problem = read_problem (place),
      },
      inf);
}

static void
free_driver (gpointer data)
{
  jmp_driver_free (data);
}

/* All classes: a device without a driver is in none. */
GPtrArray *
jmp_drivers_list (const char *inf)
{
  GPtrArray *drivers = g_ptr_array_new_with_free_func (free_driver);
  Place place = {
    .list = SetupDiGetClassDevsW (NULL, L"USB", NULL, DIGCF_PRESENT | DIGCF_ALLCLASSES),
    .info.cbSize = sizeof place.info,
  };

  if (place.list == INVALID_HANDLE_VALUE)
    return drivers;
  for (DWORD i = 0; SetupDiEnumDeviceInfo (place.list, i, &place.info); i++) {
    JmpDriver *driver = look_at (&place, inf);

    if (driver != NULL)
      g_ptr_array_add (drivers, driver);
  }
  SetupDiDestroyDeviceInfoList (place.list);
  return drivers;
}
