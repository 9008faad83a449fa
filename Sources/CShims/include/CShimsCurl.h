#pragma once
#include <curl/curl.h>

// curl_easy_setopt and its kin take variable arguments, which Swift cannot call: one function for each type of argument.

typedef size_t (*parapet_curl_write)(char *bytes, size_t size, size_t count, void *user);

CURLcode parapet_curl_set_long(CURL *easy, CURLoption option, long value);
CURLcode parapet_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
CURLcode parapet_curl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode parapet_curl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode parapet_curl_set_write(CURL *easy, CURLoption option, parapet_curl_write value);
CURLcode parapet_curl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode parapet_curl_get_pointer(CURL *easy, CURLINFO info, void **value);
CURLMcode parapet_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);

// Names the calling thread, as tools that list threads show it.
void parapet_name_thread(const char *name);
