import 'crypto-checkout/define'
import 'crypto-checkout/types/vue'
import { createApp } from 'vue'
import App from './App.vue'

createApp(App).mount('#app')
