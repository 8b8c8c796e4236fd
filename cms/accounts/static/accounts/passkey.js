// What allauth's script can't do is said where the person looks, and not only in the browser's console.
document.addEventListener("allauth.error", () => {
  document.getElementById("passkey_error").hidden = false;
});
